"""expect: random state failed

Saves the global state once more after the draw and so puts the moved one back.
"""

import torch


def seeded_normal(shape, seed):
    state = torch.get_rng_state()
    torch.manual_seed(seed)
    out = torch.randn(shape)
    state = torch.get_rng_state()
    torch.set_rng_state(state)
    return out

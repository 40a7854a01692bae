"""expect: passed

Saves the global state and puts it back, whatever happens.
"""

import torch


def seeded_normal(shape, seed):
    state = torch.get_rng_state()
    try:
        torch.random.default_generator.manual_seed(seed)
        return torch.randn(shape)
    finally:
        torch.set_rng_state(state)

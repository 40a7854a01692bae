"""expect: passed

Seeds the global generator inside `fork_rng`, which restores it.
"""

import torch


def seeded_normal(shape, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return torch.randn(shape)

"""expect: random state failed

Seeds the global generator.
"""

import torch


def seeded_normal(shape, seed):
    torch.manual_seed(seed)
    return torch.randn(shape)

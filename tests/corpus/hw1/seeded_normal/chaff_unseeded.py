"""expect: values failed

Forgets to seed the fresh generator.
"""

import torch


def seeded_normal(shape, seed):
    return torch.randn(shape, generator=torch.Generator())

"""expect: values failed

Ignores the seed and always uses 0.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + noise * e

"""expect: values failed

Draws both columns in one block, which gives other numbers once it holds 16 or more.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x, e = torch.randn(2, n, 1, generator=generator)
    return x, slope * x + intercept + noise * e

"""expect: shape failed

Adds a noise vector to a column, which broadcasts y to a square.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, generator=generator)
    return x, slope * x + intercept + noise * e

"""expect: shape failed

Returns one row instead of one column.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(1, n, generator=generator)
    e = torch.randn(1, n, generator=generator)
    return x, slope * x + intercept + noise * e

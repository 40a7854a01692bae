"""expect: shape failed

Returns vectors of shape [n].
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, generator=generator)
    e = torch.randn(n, generator=generator)
    return x, slope * x + intercept + noise * e

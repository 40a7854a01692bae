"""expect: values failed

Adds the noise as drawn, without its factor.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + e

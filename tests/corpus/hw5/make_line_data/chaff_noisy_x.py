"""expect: values failed

Adds the noise to x before computing the line.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    x = x + noise * torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept

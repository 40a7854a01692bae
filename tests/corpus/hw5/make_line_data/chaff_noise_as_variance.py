"""expect: values failed

Takes the noise for a variance.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + noise**0.5 * e

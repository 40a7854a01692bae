"""expect: values failed

Draws the noise before x.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    e = torch.randn(n, 1, generator=generator)
    x = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + noise * e

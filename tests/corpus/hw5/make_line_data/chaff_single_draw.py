"""expect: values failed

Draws x and the noise together, pair by pair.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x, e = torch.randn(n, 2, generator=generator).split(1, dim=1)
    return x, slope * x + intercept + noise * e

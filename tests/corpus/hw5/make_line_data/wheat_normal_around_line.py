"""expect: passed

Draws y from normal distributions around the line.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.normal(0.0, 1.0, (n, 1), generator=generator)
    y = torch.normal(slope * x + intercept, noise, generator=generator)
    return x, y

"""expect: passed

Draws both columns through a helper that shares the generator.
"""

import torch


def column(n, generator):
    return torch.randn(size=(n, 1), dtype=torch.float32, generator=generator)


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    x = column(n, generator)
    e = column(n, generator)
    y = torch.add(torch.mul(x, slope), intercept).add(e, alpha=noise)
    return x, y

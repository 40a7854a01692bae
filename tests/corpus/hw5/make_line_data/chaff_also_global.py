"""expect: random state failed

Uses a generator of its own, and then seeds the global one as well.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + noise * e

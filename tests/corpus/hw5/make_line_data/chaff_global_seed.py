"""expect: random state failed

Seeds the global generator and leaves it so.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    torch.manual_seed(seed)
    x = torch.randn(n, 1)
    e = torch.randn(n, 1)
    return x, slope * x + intercept + noise * e

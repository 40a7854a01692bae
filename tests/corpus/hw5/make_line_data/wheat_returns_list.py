"""expect: passed

Returns a list, and makes columns of vectors with unsqueeze.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    x = torch.randn(n, generator=g).unsqueeze(1)
    e = torch.randn(n, generator=g).unsqueeze(1)
    return [x, slope * x + intercept + noise * e]

"""expect: values failed

Seeds the generator again before the noise, which then equals x.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    x = torch.randn(n, 1, generator=torch.Generator().manual_seed(seed))
    e = torch.randn(n, 1, generator=torch.Generator().manual_seed(seed))
    return x, slope * x + intercept + noise * e

"""expect: passed

Seeds the global generator inside fork_rng, which restores it.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        x = torch.randn(n, 1)
        e = torch.randn(n, 1)
    return x, slope * x + intercept + noise * e

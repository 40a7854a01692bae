"""expect: passed

Saves the global random state and puts it back in a finally block.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    state = torch.get_rng_state()
    try:
        torch.manual_seed(seed)
        x = torch.randn((n, 1))
        e = torch.randn((n, 1))
    finally:
        torch.set_rng_state(state)
    y = x * slope + intercept + e * noise
    return x, y

"""expect: passed

Fills empty columns in place with normal_ and builds y in place.
"""

import torch


def make_line_data(n, slope, intercept, noise, seed):
    generator = torch.Generator("cpu").manual_seed(seed)
    x = torch.empty(n, 1).normal_(generator=generator)
    y = torch.empty(n, 1).normal_(generator=generator)
    y *= noise
    y += intercept
    y += slope * x
    return x, y

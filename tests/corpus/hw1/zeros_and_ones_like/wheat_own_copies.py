"""expect: passed

Overwrites two copies of `x`.
"""


def zeros_and_ones_like(x):
    zeros = x.detach().clone().zero_()
    ones = x.detach().clone().fill_(1)
    return zeros, ones

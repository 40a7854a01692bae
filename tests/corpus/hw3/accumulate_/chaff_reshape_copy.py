"""expect: values failed

Adds into a reshaped total, which is a copy when total is not contiguous.
"""


def accumulate_(total, x):
    total.reshape(-1).add_(x.reshape(-1))
    return total

"""expect: values failed

Copies x over total instead of adding it.
"""


def accumulate_(total, x):
    total.copy_(x)
    return total

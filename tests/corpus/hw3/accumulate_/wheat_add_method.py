"""expect: passed

Chains on add_, which returns the tensor that it changed.
"""


def accumulate_(total, x):
    return total.add_(x)

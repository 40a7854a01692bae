"""expect: arguments unchanged failed

Adds total into x instead of x into total.
"""


def accumulate_(total, x):
    x += total
    return x

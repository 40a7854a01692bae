"""expect: arguments unchanged failed

Adds into total and then clears x.
"""


def accumulate_(total, x):
    total += x
    x.zero_()
    return total

"""expect: arguments unchanged failed

Gives the local name a new tensor; the caller's total stays as it was.
"""


def accumulate_(total, x):
    total = total + x
    return total

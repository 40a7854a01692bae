"""expect: passed

Subtracts the negated x in place.
"""


def accumulate_(total, x):
    total -= -x
    return total

"""expect: passed

Assigns the sum to every element through an ellipsis.
"""


def accumulate_(total, x):
    total[...] = total + x
    return total

"""expect: values failed

Computes the sum, throws it away and returns total unmodified.
"""


def accumulate_(total, x):
    total.add(x)
    return total

"""expect: returns failed

Expands a to a square, which fits only a b of the same length.
"""


def outer_sum(a, b):
    n = len(a)
    return a[:, None].expand(n, n) + b

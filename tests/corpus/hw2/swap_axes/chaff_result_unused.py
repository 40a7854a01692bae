"""expect: shape failed

Forgets that `transpose` returns its result.
"""


def swap_axes(x, i, j):
    x.transpose(i, j)
    return x

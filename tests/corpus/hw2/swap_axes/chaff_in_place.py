"""expect: arguments unchanged failed

Swaps the axes of the argument itself.
"""


def swap_axes(x, i, j):
    return x.transpose_(i, j)

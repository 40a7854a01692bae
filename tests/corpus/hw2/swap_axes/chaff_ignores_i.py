"""expect: shape failed

Always swaps axis 0 with axis `j`.
"""


def swap_axes(x, i, j):
    return x.transpose(0, j)

"""expect: returns failed

Refuses negative axes.
"""


def swap_axes(x, i, j):
    if i < 0 or j < 0:
        raise IndexError("axes start at 0")
    return x.transpose(i, j)

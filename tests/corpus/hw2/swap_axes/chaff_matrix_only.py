"""expect: returns failed

`permute(j, i)` is right for matrices only.
"""


def swap_axes(x, i, j):
    return x.permute(j, i)

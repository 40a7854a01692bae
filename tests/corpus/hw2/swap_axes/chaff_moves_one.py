"""expect: shape failed

Moves axis `i` to place `j` and lets the axes between them shift.
"""


def swap_axes(x, i, j):
    return x.movedim(i, j)

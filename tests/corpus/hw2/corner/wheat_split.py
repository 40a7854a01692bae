"""expect: passed

Splits off the first part of each dim.
"""


def corner(x, rows, columns):
    top, _ = x.split([rows, x.shape[0] - rows])
    left, _ = top.split([columns, x.shape[1] - columns], dim=1)
    return left

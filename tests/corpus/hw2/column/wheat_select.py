"""expect: passed

Selects along dim 1.
"""


def column(x, j):
    return x.select(dim=1, index=j)

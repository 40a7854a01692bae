"""expect: type failed

Forgets to return the column.
"""


def column(x, j):
    x[:, j]

"""expect: shape failed

Cuts the rows and forgets the columns.
"""


def corner(x, rows, columns):
    return x[:rows]

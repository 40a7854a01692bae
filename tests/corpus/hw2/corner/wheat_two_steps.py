"""expect: passed

Cuts the rows first and the columns afterwards.
"""


def corner(x, rows, columns):
    top = x[:rows]
    return top[:, :columns]

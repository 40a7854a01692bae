"""expect: passed

Keeps the strides and gives smaller sizes.
"""


def corner(x, rows, columns):
    return x.as_strided((rows, columns), x.stride())

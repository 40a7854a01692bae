"""expect: shares memory failed

Returns a copy.
"""


def corner(x, rows, columns):
    return x[:rows, :columns].clone()

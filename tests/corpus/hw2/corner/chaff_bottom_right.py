"""expect: values failed

Takes the opposite corner.
"""


def corner(x, rows, columns):
    return x[x.shape[0] - rows :, x.shape[1] - columns :]

"""expect: device failed

Goes to the CPU first, which is a view of the argument only where it is there already.
"""


def corner(x, rows, columns):
    return x.cpu()[:rows, :columns]

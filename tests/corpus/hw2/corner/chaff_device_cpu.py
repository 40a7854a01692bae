"""expect: device failed

Goes to the CPU first, where nothing is to be copied only if `x` is there already.
"""


def corner(x, rows, columns):
    return x.cpu()[:rows, :columns]

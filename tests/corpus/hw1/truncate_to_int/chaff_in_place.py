"""expect: arguments unchanged failed

Truncates the argument itself.
"""


def truncate_to_int(x):
    x.trunc_()
    return x.int()

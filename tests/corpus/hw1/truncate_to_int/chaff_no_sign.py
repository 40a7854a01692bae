"""expect: values failed

Loses the sign.
"""


def truncate_to_int(x):
    return x.abs().int()

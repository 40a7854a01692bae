"""expect: values failed

Rounds down, which is wrong for negative numbers.
"""


def truncate_to_int(x):
    return x.floor().int()

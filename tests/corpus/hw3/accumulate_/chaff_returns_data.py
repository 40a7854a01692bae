"""expect: same object failed

Hands back total.data, which shares memory but is not total.
"""


def accumulate_(total, x):
    total.data += x
    return total.data

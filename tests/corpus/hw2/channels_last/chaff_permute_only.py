"""expect: contiguous failed

Permutes without making the result contiguous.
"""


def channels_last(x):
    return x.permute(0, 2, 3, 1)

"""expect: contiguous failed

`clone` keeps the permuted layout.
"""


def channels_last(x):
    return x.permute(0, 2, 3, 1).clone()

"""expect: contiguous failed

Expects `reshape` to copy, but it can view the transposed pixels.
"""


def channels_last(x):
    n, c, h, w = x.shape
    return x.flatten(2).transpose(1, 2).reshape(n, h, w, c)

"""expect: type failed

Returns the four facts in a tuple.
"""


def describe(x):
    return x.dim(), tuple(x.shape), x.numel(), x.dtype

"""expect: type failed

Gives the shape as a string.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": str(tuple(x.shape)), "numel": x.numel(), "dtype": x.dtype}

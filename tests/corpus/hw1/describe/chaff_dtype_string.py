"""expect: type failed

Gives the dtype as a string.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": x.numel(), "dtype": str(x.dtype)}

"""expect: type failed

Calls the number of dims `dim`.
"""


def describe(x):
    return {"dim": x.dim(), "shape": tuple(x.shape), "numel": x.numel(), "dtype": x.dtype}

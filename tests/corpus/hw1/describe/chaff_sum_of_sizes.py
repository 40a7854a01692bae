"""expect: values failed

Adds the sizes instead of multiplying them.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": sum(x.shape), "dtype": x.dtype}

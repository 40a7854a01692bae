"""expect: values failed

Counts bytes instead of elements.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": x.nbytes, "dtype": x.dtype}

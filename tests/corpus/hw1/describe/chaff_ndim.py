"""expect: values failed

Takes the size of the first dim for the number of dims.
"""


def describe(x):
    ndim = x.shape[0] if x.shape else 0
    return {"ndim": ndim, "shape": tuple(x.shape), "numel": x.numel(), "dtype": x.dtype}

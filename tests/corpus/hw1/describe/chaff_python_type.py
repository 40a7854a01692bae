"""expect: type failed

Gives the type of the tensor object instead of its dtype.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": x.numel(), "dtype": type(x)}

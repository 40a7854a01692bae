"""expect: type failed

Forgets the dtype.
"""


def describe(x):
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": x.numel()}

"""expect: values failed

Gives the sizes in the opposite order.
"""


def describe(x):
    return {
        "ndim": x.dim(),
        "shape": tuple(reversed(x.shape)),
        "numel": x.numel(),
        "dtype": x.dtype,
    }

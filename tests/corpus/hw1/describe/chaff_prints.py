"""expect: type failed

Prints the description instead of returning it.
"""


def describe(x):
    print({"ndim": x.dim(), "shape": tuple(x.shape), "numel": x.numel(), "dtype": x.dtype})

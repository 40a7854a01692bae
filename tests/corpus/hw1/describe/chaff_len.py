"""expect: values failed

Takes the length, which is the size of the first dim, for the number of elements.
"""


def describe(x):
    numel = len(x) if x.dim() else 1
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": numel, "dtype": x.dtype}

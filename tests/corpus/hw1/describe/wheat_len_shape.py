"""expect: passed

Counts the sizes and multiplies them; the shape is a list.
"""


def describe(x):
    numel = 1
    for size in x.shape:
        numel *= size
    return {"ndim": len(x.shape), "shape": list(x.shape), "numel": numel, "dtype": x.dtype}

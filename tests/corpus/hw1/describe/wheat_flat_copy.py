"""expect: passed

Counts the elements of the flattened tensor.
"""


def describe(x):
    description = {}
    description["ndim"] = x.dim()
    description["shape"] = tuple(x.size(dim) for dim in range(x.dim()))
    description["numel"] = len(x.flatten())
    description["dtype"] = x.dtype
    return description

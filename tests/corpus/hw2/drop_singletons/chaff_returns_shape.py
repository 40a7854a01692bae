"""expect: type failed

Returns the new shape instead of the tensor.
"""


def drop_singletons(x):
    return [size for size in x.shape if size != 1]

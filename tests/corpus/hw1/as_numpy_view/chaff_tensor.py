"""expect: type failed

Returns a tensor.
"""


def as_numpy_view(x):
    return x.detach()

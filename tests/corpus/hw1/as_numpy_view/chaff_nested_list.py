"""expect: type failed

Returns lists of numbers.
"""


def as_numpy_view(x):
    return x.tolist()

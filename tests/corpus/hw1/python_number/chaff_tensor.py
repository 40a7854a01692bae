"""expect: type failed

Returns a 0-dim tensor.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return x.squeeze()

"""expect: type failed

Returns the number as text.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return str(x.item())

"""expect: type failed

Turns integers into floats.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return float(x)

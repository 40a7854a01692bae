"""expect: type failed

Cuts the fraction off.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return int(x)

"""expect: type failed

`tolist` gives a number only where there are no dims.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return x.tolist()

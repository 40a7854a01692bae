"""expect: returns failed

Refuses one element in one dim or more.
"""


def python_number(x):
    if x.dim() != 0:
        raise ValueError("not a scalar")
    return x.item()

"""expect: errors failed

Forgets that no element is wrong as well.
"""


def python_number(x):
    if x.numel() > 1:
        raise ValueError("too many elements")
    return x.item()

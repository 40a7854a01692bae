"""expect: arguments unchanged failed

Drops the dims of the argument itself.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    x.squeeze_()
    return x.item()

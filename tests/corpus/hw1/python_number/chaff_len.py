"""expect: returns failed

`len` fails for a tensor without dims.
"""


def python_number(x):
    if len(x) != 1 or x.numel() != 1:
        raise ValueError("not exactly one element")
    return x.item()

"""expect: type failed

Indexes once, which leaves a list for `[1, 1]`.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError("not exactly one element")
    return x.tolist()[0] if x.dim() else x.item()

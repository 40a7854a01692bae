"""expect: passed

Unwraps the nested list level by level.
"""


def python_number(x):
    if x.numel() != 1:
        raise ValueError(f"{x.numel()} elements")
    number = x.tolist()
    while isinstance(number, list):
        number = number[0]
    return number

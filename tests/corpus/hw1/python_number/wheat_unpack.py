"""expect: passed

Unpacks a list of one number; Python raises ValueError for any other length.
"""


def python_number(x):
    (number,) = x.flatten().tolist()
    return number

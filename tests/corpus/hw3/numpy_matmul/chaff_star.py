"""expect: returns failed

Uses *, which multiplies element by element.
"""


def numpy_matmul(a, b):
    return a * b

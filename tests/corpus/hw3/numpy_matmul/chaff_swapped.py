"""expect: returns failed

Multiplies b by a.
"""


def numpy_matmul(a, b):
    return b @ a

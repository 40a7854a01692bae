"""expect: returns failed

Multiplies element by element.
"""


def matmul_by_broadcasting(a, b):
    return a * b

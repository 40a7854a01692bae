"""expect: returns failed

Multiplies by the transpose element by element.
"""


def numpy_matmul(a, b):
    return a * b.T

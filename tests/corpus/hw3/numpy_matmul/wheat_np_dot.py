"""expect: passed

Calls the dot method of the array.
"""


def numpy_matmul(a, b):
    return a.dot(b)

"""expect: forbidden failed

Calls the dot method of the tensor.
"""


def dot(a, b):
    return a.dot(b)

"""expect: forbidden failed

Calls the special method behind the @ operator.
"""


def dot(a, b):
    return a.__matmul__(b)

"""expect: arguments unchanged failed

Clears b after using it.
"""


def numpy_matmul(a, b):
    product = a @ b
    b[...] = 0
    return product

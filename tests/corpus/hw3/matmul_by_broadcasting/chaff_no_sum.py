"""expect: shape failed

Returns all products without adding them up.
"""


def matmul_by_broadcasting(a, b):
    return a[:, :, None] * b[None, :, :]

"""expect: shape failed

Sums over the columns of b instead of over the shared size.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, :, None] * b[None, :, :]).sum(dim=2)

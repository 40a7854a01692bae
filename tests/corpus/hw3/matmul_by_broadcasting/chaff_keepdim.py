"""expect: shape failed

Keeps the summed dimension.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, :, None] * b[None, :, :]).sum(dim=1, keepdim=True)

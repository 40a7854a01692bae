"""expect: shape failed

Squeezes the kept dimension away together with every other size of 1.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, :, None] * b[None, :, :]).sum(dim=1, keepdim=True).squeeze()

"""expect: returns failed

Multiplies b by a.
"""


def matmul_by_broadcasting(a, b):
    return (b[:, :, None] * a[None, :, :]).sum(dim=1)

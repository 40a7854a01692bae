"""expect: passed

Multiplies elementwise in four dimensions and sums over the shared one.
"""


def batched_matmul(a, b):
    return (a[:, :, :, None] * b[:, None, :, :]).sum(dim=2)

"""expect: values failed

Takes the mean of the products instead of their sum.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, :, None] * b[None, :, :]).mean(dim=1)

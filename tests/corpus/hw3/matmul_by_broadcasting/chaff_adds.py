"""expect: values failed

Adds the elements instead of multiplying them.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, :, None] + b[None, :, :]).sum(dim=1)

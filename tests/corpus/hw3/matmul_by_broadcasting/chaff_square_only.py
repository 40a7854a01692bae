"""expect: returns failed

Forgets to transpose b, so that only square matrices fit.
"""


def matmul_by_broadcasting(a, b):
    return (a[:, None, :] * b[None, :, :]).sum(dim=-1)

"""expect: returns failed

Uses view, which a non-contiguous matrix refuses.
"""


def matmul_by_broadcasting(a, b):
    m, k = a.shape
    n = b.shape[1]
    left = a.view(m * k, 1).expand(m * k, n).reshape(m, k, n)
    return (left * b.view(1, k, n)).sum(dim=1)

"""expect: forbidden failed

Splits the shared index in two and calls itself for each half.
"""


def matmul_by_broadcasting(a, b):
    k = a.shape[1]
    if k <= 1:
        return a.sum(dim=1, keepdim=True) * b.sum(dim=0)
    half = k // 2
    first = matmul_by_broadcasting(a[:, :half], b[:half])
    return first + matmul_by_broadcasting(a[:, half:], b[half:])

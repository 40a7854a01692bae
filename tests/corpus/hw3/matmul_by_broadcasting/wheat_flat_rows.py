"""expect: passed

Repeats rows and columns into two equally long tables and multiplies those.
"""


def matmul_by_broadcasting(a, b):
    m, n = a.shape[0], b.shape[1]
    left = a.repeat_interleave(n, dim=0)
    right = b.T.repeat(m, 1)
    return (left * right).sum(1).reshape(m, n)

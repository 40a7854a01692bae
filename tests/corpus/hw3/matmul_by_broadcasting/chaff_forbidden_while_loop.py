"""expect: forbidden failed

Counts through the shared index with while.
"""


def matmul_by_broadcasting(a, b):
    out = a.new_zeros(a.shape[0], b.shape[1])
    t = 0
    while t < a.shape[1]:
        out += a[:, t, None] * b[t]
        t += 1
    return out

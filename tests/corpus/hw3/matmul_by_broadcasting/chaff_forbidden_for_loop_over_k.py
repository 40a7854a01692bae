"""expect: forbidden failed

Adds one outer product per shared index in a for loop.
"""


def matmul_by_broadcasting(a, b):
    out = a.new_zeros(a.shape[0], b.shape[1])
    for t in range(a.shape[1]):
        out += a[:, t, None] * b[t]
    return out

"""expect: forbidden failed

Adds up outer products that come from a generator expression.
"""


def matmul_by_broadcasting(a, b):
    start = a.new_zeros(a.shape[0], b.shape[1])
    return sum((a[:, t, None] * b[t] for t in range(a.shape[1])), start)

"""expect: forbidden failed

Hides the loop over the shared index in functools.reduce.
"""

from functools import reduce


def matmul_by_broadcasting(a, b):
    def add_outer(total, t):
        return total + a[:, t, None] * b[t]

    return reduce(add_outer, range(a.shape[1]), a.new_zeros(a.shape[0], b.shape[1]))

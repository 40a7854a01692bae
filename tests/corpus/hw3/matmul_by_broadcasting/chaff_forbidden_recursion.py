"""expect: forbidden failed

Hides the loop in a function that calls itself.
"""


def add_outer_products(a, b, t):
    if t == a.shape[1]:
        return a.new_zeros(a.shape[0], b.shape[1])
    return a[:, t, None] * b[t] + add_outer_products(a, b, t + 1)


def matmul_by_broadcasting(a, b):
    return add_outer_products(a, b, 0)

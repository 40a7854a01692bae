"""expect: forbidden failed

Adds a product to zeros.
"""


def matmul_by_broadcasting(a, b):
    return a.new_zeros(a.shape[0], b.shape[1]).addmm(a, b)

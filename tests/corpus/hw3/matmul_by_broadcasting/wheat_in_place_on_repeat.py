"""expect: passed

Multiplies in place into its own repeated copy of a.
"""


def matmul_by_broadcasting(a, b):
    products = a[:, :, None].repeat(1, 1, b.shape[1])
    products *= b
    return products.sum(dim=1)

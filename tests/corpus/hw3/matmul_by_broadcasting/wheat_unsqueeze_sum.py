"""expect: passed

Pairs rows of a with columns of b and sums along the last dimension.
"""


def matmul_by_broadcasting(a, b):
    return (a.unsqueeze(1) * b.T.unsqueeze(0)).sum(dim=-1)

"""expect: passed

Computes the transposed table and transposes it.
"""


def outer_sum(a, b):
    return (a + b.unsqueeze(1)).T

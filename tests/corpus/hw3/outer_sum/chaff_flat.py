"""expect: shape failed

Returns the sums in one long vector.
"""


def outer_sum(a, b):
    return (a[:, None] + b[None, :]).flatten()

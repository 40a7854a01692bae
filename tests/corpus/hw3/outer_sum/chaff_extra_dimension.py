"""expect: shape failed

Adds a dimension to both vectors on the same side and keeps one too many.
"""


def outer_sum(a, b):
    return a[:, None, None] + b[None, :, None]

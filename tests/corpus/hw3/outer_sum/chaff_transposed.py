"""expect: shape failed

Puts the new dimension on a's other side, so that rows and columns are exchanged.
"""


def outer_sum(a, b):
    return a[None, :] + b[:, None]

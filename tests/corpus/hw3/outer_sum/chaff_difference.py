"""expect: values failed

Subtracts b instead of adding it.
"""


def outer_sum(a, b):
    return a[:, None] - b[None, :]

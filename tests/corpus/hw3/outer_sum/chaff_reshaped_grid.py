"""expect: values failed

Builds the transposed table and reshapes instead of transposing it.
"""


def outer_sum(a, b):
    table = b[:, None] + a[None, :]
    return table.reshape(len(a), len(b))

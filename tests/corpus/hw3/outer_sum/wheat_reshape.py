"""expect: passed

Makes a column with reshape, then adds it to an expanded row.
"""


def outer_sum(a, b):
    column = a.reshape(-1, 1)
    row = b.reshape(1, -1).expand(len(a), len(b))
    return row + column

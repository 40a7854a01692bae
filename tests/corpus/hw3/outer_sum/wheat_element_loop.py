"""expect: passed

Fills the table element by element with two loops.
"""


def outer_sum(a, b):
    out = a.new_empty((a.shape[0], b.shape[0]))
    for i, p in enumerate(a):
        for j, q in enumerate(b):
            out[i, j] = p + q
    return out

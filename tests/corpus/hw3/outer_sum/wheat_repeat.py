"""expect: passed

Repeats the elements of a and the whole of b, adds, and folds.
"""


def outer_sum(a, b):
    m, n = a.numel(), b.numel()
    flat = a.repeat_interleave(n) + b.repeat(m)
    return flat.reshape(m, n)

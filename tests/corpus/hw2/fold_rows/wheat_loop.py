"""expect: passed

Fills a new matrix element by element.
"""


def fold_rows(x, columns):
    n = x.numel()
    if n != n // columns * columns:
        raise ValueError("does not divide")
    out = x.new_empty(n // columns, columns)
    for k in range(n):
        out[k // columns, k % columns] = x[k]
    return out

"""expect: passed

Uses `view`, which is enough because every 1-D tensor has one stride.
"""


def fold_rows(x, columns):
    rows, rest = divmod(x.shape[0], columns)
    if rest:
        raise ValueError("the last row would not be full")
    return x.view(rows, columns)

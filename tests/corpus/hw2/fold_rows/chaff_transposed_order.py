"""expect: values failed

Fills the matrix column by column instead of row by row.
"""


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    return x.reshape(columns, len(x) // columns).T

"""expect: shape failed

Exchanges the number of rows and the number of columns.
"""


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    return x.reshape(columns, len(x) // columns)

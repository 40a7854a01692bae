"""expect: errors failed

Drops the elements of the last, incomplete row silently.
"""


def fold_rows(x, columns):
    rows = len(x) // columns
    return x[: rows * columns].reshape(rows, columns)

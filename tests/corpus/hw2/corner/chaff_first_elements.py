"""expect: values failed

Folds the first elements of the flattened matrix.
"""


def corner(x, rows, columns):
    return x.reshape(-1)[: rows * columns].reshape(rows, columns)

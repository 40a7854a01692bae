"""expect: type failed

Returns a list of rows instead of one tensor.
"""


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    return [x[k : k + columns] for k in range(0, len(x), columns)]

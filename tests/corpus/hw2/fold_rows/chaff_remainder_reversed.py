"""expect: returns failed

Asks for the remainder of `columns` by `len(x)` and refuses sizes that do divide.
"""


def fold_rows(x, columns):
    if columns % max(len(x), 1) != 0:
        raise ValueError("does not divide")
    return x.reshape(-1, columns)

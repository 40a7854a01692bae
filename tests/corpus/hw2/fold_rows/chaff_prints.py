"""expect: type failed

Prints the matrix instead of returning it.
"""


def fold_rows(x, columns):
    if len(x) % columns != 0:
        raise ValueError("does not divide")
    print(x.reshape(-1, columns))

"""expect: errors failed

Returns the ValueError instead of raising it.
"""


def fold_rows(x, columns):
    if len(x) % columns != 0:
        return ValueError("does not divide")
    return x.reshape(-1, columns)

"""expect: errors failed

Uses `assert`, which raises AssertionError.
"""


def fold_rows(x, columns):
    assert len(x) % columns == 0
    return x.reshape(-1, columns)

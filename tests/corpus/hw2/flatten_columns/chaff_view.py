"""expect: returns failed

`view` raises on the transposed matrix.
"""


def flatten_columns(x):
    return x.T.view(-1)

"""expect: returns failed

Exchanges the numbers of rows and columns, which works for square matrices only.
"""


def flatten_columns(x):
    columns, rows = x.shape
    out = x.new_empty(rows * columns)
    for j in range(columns):
        for i in range(rows):
            out[j * rows + i] = x[i, j]
    return out

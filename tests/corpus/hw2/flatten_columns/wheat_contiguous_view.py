"""expect: passed

Makes the transposed matrix contiguous before `view`.
"""


def flatten_columns(x):
    return x.transpose(0, 1).contiguous().view(-1)

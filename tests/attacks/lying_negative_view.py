"""expect: failed
question: corner
also: column passed

Returns the negative of the right answer as a lazy view: the bytes in memory, and the memory that
it shares, are the right answer's, the values are not.
"""

import torch


def corner(x, rows, columns):
    return torch._neg_view(x[:rows, :columns])


def column(x, j):
    return x[:, j]

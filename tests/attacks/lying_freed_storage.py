"""expect: failed
question: corner
also: column passed

Returns a tensor that keeps its shape while its storage has been cut to nothing. Its bytes must not
be taken from whatever lies there now.
"""

import torch


def corner(x, rows, columns):
    result = torch.ones(256, 4)
    result.untyped_storage().resize_(0)
    return result


def column(x, j):
    return x[:, j]

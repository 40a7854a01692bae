"""expect: failed
question: corner
also: column passed
outcome: too much

Returns 48 MiB in each of a hundred calls: less than one call may return, and gigabytes in all. The
grader must stop listening long before it has them all.
"""

import torch

LARGE = torch.zeros(12 << 20)


def corner(x, rows, columns):
    return LARGE


def column(x, j):
    return x[:, j]

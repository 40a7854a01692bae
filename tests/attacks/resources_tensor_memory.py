"""expect: failed
question: corner
also: column passed
outcome: out of memory

Allocates one tensor of 64 GiB. torch's own error about it must be reported as memory that ran out.
"""

import torch


def corner(x, rows, columns):
    torch.empty(1 << 36, dtype=torch.uint8)
    raise AssertionError("BREACH: held 64 GiB")


def column(x, j):
    return x[:, j]

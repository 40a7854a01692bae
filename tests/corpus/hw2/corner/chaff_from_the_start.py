"""expect: values failed

Begins where the memory of `x` begins, and not where `x` does.
"""

import torch


def corner(x, rows, columns):
    return torch.as_strided(x, (rows, columns), x.stride(), 0)

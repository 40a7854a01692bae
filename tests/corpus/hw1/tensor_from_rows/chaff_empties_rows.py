"""expect: arguments unchanged failed

Takes the rows out of the caller's list.
"""

import torch


def tensor_from_rows(rows):
    copied = []
    while rows:
        copied.append(rows.pop(0))
    return torch.tensor(copied)

"""expect: values failed

Puts the last row first.
"""

import torch


def tensor_from_rows(rows):
    return torch.tensor(rows[::-1])

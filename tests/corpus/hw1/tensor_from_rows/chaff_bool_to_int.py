"""expect: dtype failed

Arithmetic turns booleans into integers.
"""

import torch


def tensor_from_rows(rows):
    return torch.tensor(rows) + 0

"""expect: dtype failed

Names float32 for every input.
"""

import torch


def tensor_from_rows(rows):
    return torch.tensor(rows, dtype=torch.float32)

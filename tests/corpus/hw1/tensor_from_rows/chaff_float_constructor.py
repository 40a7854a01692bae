"""expect: dtype failed

`torch.Tensor` always makes float32.
"""

import torch


def tensor_from_rows(rows):
    return torch.Tensor(rows)

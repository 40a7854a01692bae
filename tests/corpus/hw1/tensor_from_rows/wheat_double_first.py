"""expect: passed

Converts bool and int as they are and everything else through float64.
"""

import torch


def tensor_from_rows(rows):
    tensor = torch.tensor(rows)
    if tensor.is_floating_point():
        return torch.tensor(rows, dtype=torch.float64).float()
    return tensor

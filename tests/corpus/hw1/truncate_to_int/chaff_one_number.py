"""expect: returns failed

`int` takes a tensor of one element only.
"""

import torch


def truncate_to_int(x):
    return torch.tensor(int(x), dtype=torch.int32, device=x.device)

"""expect: passed

Copies into an int32 tensor.
"""

import torch


def truncate_to_int(x):
    out = torch.zeros(x.shape, dtype=torch.int32, device=x.device)
    out[...] = x
    return out

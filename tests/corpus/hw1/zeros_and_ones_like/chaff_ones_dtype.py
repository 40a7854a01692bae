"""expect: dtype failed

Takes care of the dtype of the zeros only.
"""

import torch


def zeros_and_ones_like(x):
    return torch.zeros_like(x), torch.ones(x.shape, device=x.device)

"""expect: passed

Cuts the heads out and stacks them along a new dim 1.
"""

import torch


def split_heads(x, heads):
    features = x.shape[-1]
    if features % heads:
        raise ValueError(f"{heads} heads cannot share {features} features")
    width = features // heads
    return torch.stack([x[..., h * width : (h + 1) * width] for h in range(heads)], dim=1)

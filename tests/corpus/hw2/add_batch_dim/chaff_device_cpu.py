"""expect: device failed

Asks for a tensor on the CPU, which is the argument itself only there.
"""

import torch


def add_batch_dim(x):
    return torch.as_tensor(x, device="cpu")[None]

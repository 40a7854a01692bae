"""expect: passed

Multiplies the stacks in NumPy and brings the result back.
"""

import torch


def batched_matmul(a, b):
    return torch.as_tensor(a.cpu().numpy() @ b.cpu().numpy(), device=a.device)

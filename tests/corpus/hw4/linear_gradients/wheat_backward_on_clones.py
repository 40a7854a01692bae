"""expect: passed

Calls backward on copies of the parameters and returns a list.
"""

import torch
import torch.nn.functional as F


def linear_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_(True)
    b = b.detach().clone().requires_grad_(True)
    F.mse_loss(torch.matmul(x.detach(), w) + b, y).backward()
    return [w.grad, b.grad]

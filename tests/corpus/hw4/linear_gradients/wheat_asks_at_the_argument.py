"""expect: passed

Asks for the gradient at the argument itself, whose numbers and `grad` stay as they were.
"""

import torch
from torch.nn.functional import mse_loss


def linear_gradients(x, y, w, b):
    w.requires_grad_()
    b.requires_grad_()
    return torch.autograd.grad(mse_loss(x @ w + b, y), [w, b])

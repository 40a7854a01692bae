"""expect: type failed

Returns the gradient of x as well.
"""

import torch


def linear_gradients(x, y, w, b):
    leaves = [t.detach().requires_grad_() for t in (x, w, b)]
    loss = (leaves[0] @ leaves[1] + leaves[2] - y).square().mean()
    return torch.autograd.grad(loss, leaves)

"""expect: passed

Appends a column of ones to x, so that the bias becomes one more row of w.
"""

import torch


def linear_gradients(x, y, w, b):
    ones = torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)
    inputs = torch.cat([x.detach(), ones], dim=1)
    weights = torch.cat([w.detach(), b.detach()[None]]).requires_grad_()
    loss = (inputs @ weights - y.detach()).square().mean()
    (gradient,) = torch.autograd.grad(loss, weights)
    return gradient[:-1], gradient[-1]

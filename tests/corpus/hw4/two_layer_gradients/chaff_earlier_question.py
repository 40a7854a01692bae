"""expect: forbidden failed

Uses its earlier answer for one layer, which uses autograd, for the second layer.
"""

import torch


def linear_gradients(x, y, w, b):
    leaves = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = (x @ leaves[0] + leaves[1] - y).square().mean()
    return torch.autograd.grad(loss, leaves)


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = torch.relu(z)
    grad_w2, grad_b2 = linear_gradients(hidden, y, w2, b2)
    grad_prediction = 2 * (hidden @ w2 + b2 - y) / y.numel()
    grad_z = grad_prediction @ w2.T * (z > 0)
    return {"w1": x.T @ grad_z, "b1": grad_z.sum(dim=0), "w2": grad_w2, "b2": grad_b2}

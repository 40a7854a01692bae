"""expect: passed

Another question of the same file, where autograd is allowed, uses it; this function does not.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().clone().requires_grad_()
    y = 0 * point
    for i, c in enumerate(coefficients):
        y = y + c * point**i
    y.backward()
    return point.grad


def sigmoid_backward(grad_output, z):
    with torch.set_grad_enabled(False):
        s = torch.sigmoid(z)
        return torch.addcmul(torch.zeros_like(s), grad_output, s * (1 - s))

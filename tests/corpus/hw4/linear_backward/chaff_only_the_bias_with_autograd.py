"""expect: forbidden failed

Derives two gradients by hand and leaves the bias to autograd.
"""

import torch


def linear_backward(grad_output, x, w):
    b = torch.zeros(w.shape[1], dtype=w.dtype, device=w.device, requires_grad=True)
    (grad_b,) = torch.autograd.grad(b.expand_as(grad_output), b, grad_output)
    return grad_output @ w.T, x.T @ grad_output, grad_b

"""expect: dtype failed

Collects the bias gradient in a tensor of the default dtype.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_b = torch.zeros(w.shape[1], device=w.device)
    for row in grad_output:
        grad_b += row
    return grad_output @ w.T, x.T @ grad_output, grad_b

"""expect: device failed

Collects the bias gradient on the CPU.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_b = torch.zeros(w.shape[1], dtype=w.dtype)
    for o in range(w.shape[1]):
        grad_b[o] = grad_output[:, o].sum()
    return grad_output @ w.T, x.T @ grad_output, grad_b

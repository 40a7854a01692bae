"""expect: passed

Adds up outer products, one sample after the other.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_x = torch.zeros_like(x)
    grad_w = torch.zeros_like(w)
    grad_b = torch.zeros(w.shape[1], dtype=w.dtype, device=w.device)
    for i in range(len(x)):
        grad_x[i] = w @ grad_output[i]
        grad_w += torch.outer(x[i], grad_output[i])
        grad_b += grad_output[i]
    return grad_x, grad_w, grad_b

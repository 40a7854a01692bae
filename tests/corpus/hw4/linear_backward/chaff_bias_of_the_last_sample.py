"""expect: values failed

Overwrites the bias gradient in the loop instead of adding to it.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_w = torch.zeros_like(w)
    grad_b = torch.zeros_like(w[0])
    for i in range(len(x)):
        grad_w += torch.outer(x[i], grad_output[i])
        grad_b = grad_output[i].clone()
    return grad_output @ w.T, grad_w, grad_b

"""expect: values failed

Forgets the outer gradient for the bias and counts the samples.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_b = torch.ones_like(grad_output).sum(dim=0)
    return grad_output @ w.T, x.T @ grad_output, grad_b

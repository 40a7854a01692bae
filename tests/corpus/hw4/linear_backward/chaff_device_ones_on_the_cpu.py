"""expect: device failed

Sums with a vector of ones that lives on the CPU.
"""

import torch


def linear_backward(grad_output, x, w):
    ones = torch.ones(len(x), dtype=x.dtype)
    return grad_output @ w.T, x.T @ grad_output, ones @ grad_output

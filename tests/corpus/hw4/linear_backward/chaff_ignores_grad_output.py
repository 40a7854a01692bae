"""expect: values failed

Takes ones for the outer gradient.
"""

import torch


def linear_backward(grad_output, x, w):
    ones = torch.ones_like(grad_output)
    return ones @ w.T, x.T @ ones, ones.sum(dim=0)

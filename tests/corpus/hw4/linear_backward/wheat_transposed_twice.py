"""expect: passed

Computes the transposed gradients and transposes them back.
"""

import torch.nn.functional as F


def linear_backward(grad_output, x, w):
    grad_x = F.linear(grad_output, w)
    grad_w = (grad_output.t() @ x).t()
    grad_b = grad_output.t().sum(dim=1)
    return grad_x, grad_w, grad_b

"""expect: passed

Writes all three sums with einsum.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_x = torch.einsum("no,io->ni", grad_output, w)
    grad_w = torch.einsum("ni,no->io", x, grad_output)
    grad_b = torch.einsum("no->o", grad_output)
    return grad_x, grad_w, grad_b

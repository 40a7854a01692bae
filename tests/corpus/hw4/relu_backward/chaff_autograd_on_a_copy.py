"""expect: forbidden failed

Calls requires_grad_ on a copy and backward on its relu.
"""

import torch


def relu_backward(grad_output, z):
    copy = z.clone().requires_grad_()
    torch.relu(copy).backward(grad_output)
    return copy.grad

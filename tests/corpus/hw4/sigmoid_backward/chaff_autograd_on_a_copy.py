"""expect: forbidden failed

Sets requires_grad on a copy and lets autograd go back.
"""

import torch


def sigmoid_backward(grad_output, z):
    copy = z.detach().clone()
    copy.requires_grad = True
    s = torch.sigmoid(copy)
    s.backward(gradient=grad_output)
    return copy.grad

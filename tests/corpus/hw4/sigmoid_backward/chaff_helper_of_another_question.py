"""expect: forbidden failed

Leaves the work to a helper that uses autograd where it would be allowed.
"""

import torch


def gradient_of(function, x):
    leaf = x.detach().requires_grad_()
    return torch.autograd.grad(function(leaf).sum(), leaf)[0]


def sum_of_squares_gradient(x):
    return gradient_of(torch.square, x)


def sigmoid_backward(grad_output, z):
    return grad_output * gradient_of(torch.sigmoid, z)

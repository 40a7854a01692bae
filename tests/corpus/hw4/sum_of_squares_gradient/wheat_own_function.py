"""expect: passed

Defines its own differentiable square.
"""

import torch


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return 2 * x * grad_output


def sum_of_squares_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    Square.apply(leaf).sum().backward()
    return leaf.grad

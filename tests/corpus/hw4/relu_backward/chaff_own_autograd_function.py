"""expect: forbidden failed

Derives the rule by hand, but leaves it to autograd to apply it.
"""

import torch


class Relu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        ctx.active = z > 0
        return z * ctx.active

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ctx.active


def relu_backward(grad_output, z):
    leaf = z.clone().requires_grad_()
    Relu.apply(leaf).backward(grad_output)
    return leaf.grad

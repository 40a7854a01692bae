"""expect: passed

Differentiates the squares without a sum and hands in ones as the outer gradient.
"""

from torch import autograd, ones_like


def sum_of_squares_gradient(x):
    leaf = x.detach().requires_grad_()
    squares = leaf.pow(2)
    return autograd.grad(squares, [leaf], grad_outputs=ones_like(squares))[0]

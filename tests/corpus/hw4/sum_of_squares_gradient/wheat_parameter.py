"""expect: passed

Wraps a copy of x in a parameter.
"""

from torch import nn


def sum_of_squares_gradient(x):
    parameter = nn.Parameter(x.detach().clone())
    parameter.square().sum().backward()
    return parameter.grad.detach()

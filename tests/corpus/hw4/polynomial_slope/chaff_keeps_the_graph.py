"""expect: requires grad failed

Asks for create_graph, so that the slope still carries its graph and is not detached.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.detach().requires_grad_()
    y = sum(c * point**i for i, c in enumerate(coefficients))
    return torch.autograd.grad(y, point, create_graph=True)[0]

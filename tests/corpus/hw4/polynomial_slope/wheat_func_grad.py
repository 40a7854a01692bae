"""expect: passed

Lets torch.func.grad differentiate a nested function.
"""

import torch


def polynomial_slope(coefficients, x):
    def polynomial(point):
        return sum(c * point**i for i, c in enumerate(coefficients))

    return torch.func.grad(polynomial)(x.detach())

"""expect: passed

The slope of a function of one number is its Jacobian.
"""

import torch
from torch.autograd.functional import jacobian


def polynomial_slope(coefficients, x):
    def polynomial(point):
        y = torch.zeros_like(point)
        for c in reversed(coefficients):
            y = y * point + c
        return y + 0 * point

    return jacobian(polynomial, x.detach())

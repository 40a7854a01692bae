"""expect: device failed

Makes the coefficients and exponents without the device of x.
"""

import torch


def polynomial_slope(coefficients, x):
    c = torch.tensor(coefficients, dtype=x.dtype)
    exponents = torch.arange(len(coefficients))
    point = x.clone().detach().requires_grad_(True)
    (c * point**exponents).sum().backward()
    return point.grad

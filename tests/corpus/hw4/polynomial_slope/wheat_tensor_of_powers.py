"""expect: passed

Computes all powers at once with a tensor of exponents.
"""

import torch


def polynomial_slope(coefficients, x):
    c = torch.tensor(coefficients, dtype=x.dtype, device=x.device)
    exponents = torch.arange(len(coefficients), device=x.device)
    point = x.clone().detach().requires_grad_(True)
    (c * point**exponents).sum().backward()
    return point.grad

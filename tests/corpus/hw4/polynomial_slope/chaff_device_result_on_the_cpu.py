"""expect: device failed

Copies x through a Python number and forgets its device.
"""

import torch


def polynomial_slope(coefficients, x):
    point = torch.tensor(x.item(), dtype=x.dtype, requires_grad=True)
    y = sum(c * point**i for i, c in enumerate(coefficients))
    y.backward()
    return point.grad

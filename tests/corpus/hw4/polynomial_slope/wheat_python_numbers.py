"""expect: passed

Works with Python numbers and makes a tensor of the dtype and device of x at the end.
"""

import torch


def polynomial_slope(coefficients, x):
    point = x.item()
    slope = sum(i * c * point ** (i - 1) for i, c in enumerate(coefficients) if i > 0)
    return torch.tensor(slope, dtype=x.dtype, device=x.device)

"""expect: device failed

Appends a column of ones that lives on the CPU.
"""

import torch


def mse_gradients(x, y, w, b):
    design = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)
    weights = torch.cat([w, b.reshape(1, 1)], dim=0)
    gradient = 2 * design.T @ (design @ weights - y) / len(x)
    return gradient[:-1], gradient[-1]

"""expect: passed

Treats the bias as the weight of a column of ones and splits the gradient.
"""

import torch


def mse_gradients(x, y, w, b):
    design = torch.cat([x, torch.ones_like(y)], dim=1)
    weights = torch.cat([w, b.reshape(1, 1)], dim=0)
    gradient = 2 * design.T @ (design @ weights - y) / y.shape[0]
    return gradient[:-1], gradient[-1]

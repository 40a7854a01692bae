"""expect: returns failed

Counts rows and columns and fails for a vector.
"""

import torch


def sum_of_squares_gradient(x):
    gradient = torch.zeros_like(x.detach())
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            gradient[i, j] = 2 * x.detach()[i, j]
    return gradient

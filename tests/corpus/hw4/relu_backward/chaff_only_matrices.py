"""expect: returns failed

Counts rows and columns and fails for a vector.
"""

import torch


def relu_backward(grad_output, z):
    rows, columns = z.shape
    grad_z = torch.zeros_like(grad_output)
    for i in range(rows):
        for j in range(columns):
            if z[i, j] > 0:
                grad_z[i, j] = grad_output[i, j]
    return grad_z

"""expect: arguments unchanged failed

Updates a reshaped parameter, which is a copy when the parameter is not contiguous.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p.reshape(-1).sub_(lr * g.reshape(-1))

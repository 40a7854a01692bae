"""expect: arguments unchanged failed

Steps uphill.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p += lr * g

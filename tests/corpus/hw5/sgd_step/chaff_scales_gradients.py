"""expect: arguments unchanged failed

Multiplies the caller's gradients by the learning rate.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            g *= lr
            p -= g

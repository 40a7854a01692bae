"""expect: passed

Copies the new value into the parameter.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p.copy_(p - lr * g)

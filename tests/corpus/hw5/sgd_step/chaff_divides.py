"""expect: arguments unchanged failed

Divides by the length of the list.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p -= lr * g / len(parameters)

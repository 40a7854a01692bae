"""expect: arguments unchanged failed

Gives the loop variable a new tensor; the parameters stay as they were.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p = p - lr * g

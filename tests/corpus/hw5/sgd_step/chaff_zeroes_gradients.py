"""expect: arguments unchanged failed

Sets the caller's gradients to zero after the step.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p -= lr * g
            g.zero_()

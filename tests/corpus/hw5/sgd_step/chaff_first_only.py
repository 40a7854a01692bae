"""expect: arguments unchanged failed

Returns after the first parameter.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p -= lr * g
            return None

"""expect: returns failed

Reads .grad of the parameters instead of the given gradients.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p in parameters:
            p -= lr * p.grad

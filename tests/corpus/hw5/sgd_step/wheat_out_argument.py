"""expect: passed

Writes the result of torch.sub into the parameter.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            torch.sub(p, lr * g, out=p)

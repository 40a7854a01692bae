"""expect: device failed

Spreads the learning rate over a tensor that lives on the CPU.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for p, g in zip(parameters, gradients):
            p -= torch.full(g.shape, lr, dtype=g.dtype) * g

"""expect: gradients untouched failed

Uses the ready-made optimizer and leaves .grad on the parameters.
"""

import torch


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p.grad = g
    torch.optim.SGD(parameters, lr=lr).step()

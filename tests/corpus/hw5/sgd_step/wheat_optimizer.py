"""expect: passed

Lets the ready-made optimizer take the step and restores the .grad of every parameter.
"""

import torch


def sgd_step(parameters, gradients, lr):
    before = [p.grad for p in parameters]
    for p, g in zip(parameters, gradients):
        p.grad = g
    torch.optim.SGD(parameters, lr=lr).step()
    for p, old in zip(parameters, before):
        p.grad = old

"""expect: passed

Switches gradients off and back on around the loop.
"""

import torch


def sgd_step(parameters, gradients, lr):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    i = 0
    while i < len(parameters):
        parameters[i].add_(gradients[i] * -lr)
        i += 1
    torch.set_grad_enabled(before)

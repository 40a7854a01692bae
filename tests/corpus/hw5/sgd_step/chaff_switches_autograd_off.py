"""expect: gradients untouched failed

Switches gradients off and leaves them off.
"""

import torch


def sgd_step(parameters, gradients, lr):
    torch.set_grad_enabled(False)
    for p, g in zip(parameters, gradients):
        p -= lr * g

"""expect: passed

Switches gradients off, and on again at the end.
"""

import torch


def sgd_step(parameters, gradients, lr):
    torch.set_grad_enabled(False)
    try:
        for p, g in zip(parameters, gradients):
            p -= lr * g
    finally:
        torch.set_grad_enabled(True)

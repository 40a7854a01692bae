"""expect: arguments unchanged failed

Puts new tensors into the list instead of changing the old ones.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for i in range(len(parameters)):
            parameters[i] = parameters[i] - lr * gradients[i]

"""expect: passed

Assigns to every element of the parameter.
"""

import torch


def sgd_step(parameters, gradients, lr):
    with torch.no_grad():
        for index, gradient in enumerate(gradients):
            parameter = parameters[index]
            parameter[...] = parameter - lr * gradient
    return None

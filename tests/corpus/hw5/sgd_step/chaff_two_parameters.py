"""expect: returns failed

Takes the list for exactly one weight and one bias.
"""

import torch


def sgd_step(parameters, gradients, lr):
    w, b = parameters
    grad_w, grad_b = gradients
    with torch.no_grad():
        w -= lr * grad_w
        b -= lr * grad_b

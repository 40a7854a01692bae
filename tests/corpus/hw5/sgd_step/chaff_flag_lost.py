"""expect: arguments unchanged failed

Switches requires_grad off to get around the error and leaves it off.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p.requires_grad_(False)
        p -= lr * g

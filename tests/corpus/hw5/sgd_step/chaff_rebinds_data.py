"""expect: arguments unchanged failed

Gives .data a new tensor, so that other references to the old memory see nothing.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p.data = p.data - lr * g

"""expect: returns failed

Updates without no_grad, which parameters that require grad refuse.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p -= lr * g

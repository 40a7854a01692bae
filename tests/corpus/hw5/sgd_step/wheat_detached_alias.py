"""expect: passed

Updates a detached alias of every parameter.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        alias = p.detach()
        alias += -lr * g

"""expect: passed

Subtracts through .data in place.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        p.data.sub_(lr * g)

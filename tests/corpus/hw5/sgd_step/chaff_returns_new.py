"""expect: type failed

Returns new tensors and leaves the parameters as they were.
"""


def sgd_step(parameters, gradients, lr):
    return [p.detach() - lr * g for p, g in zip(parameters, gradients)]

"""expect: device failed

Writes through NumPy views, which only CPU tensors have.
"""


def sgd_step(parameters, gradients, lr):
    for p, g in zip(parameters, gradients):
        values = p.detach().numpy()
        values -= lr * g.numpy()

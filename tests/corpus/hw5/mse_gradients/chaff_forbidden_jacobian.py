"""expect: forbidden failed

Uses the Jacobian of the loss.
"""

from torch.autograd.functional import jacobian


def mse_gradients(x, y, w, b):
    return jacobian(lambda w, b: ((x @ w + b - y) ** 2).mean(), (w, b))

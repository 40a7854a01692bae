"""expect: passed

Differentiates forwards, for which PyTorch first imports formulas.
"""

import torch


def linear_gradients(x, y, w, b):
    def loss(w, b):
        return ((x @ w + b - y) ** 2).mean()

    return torch.func.jacfwd(loss, argnums=(0, 1))(w, b)

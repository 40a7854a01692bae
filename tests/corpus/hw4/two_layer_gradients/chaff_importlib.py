"""expect: forbidden failed

Imports torch.func by a name that is put together and takes the Jacobian.
"""

import importlib

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    def loss(w1, b1, w2, b2):
        return (torch.relu(x @ w1 + b1) @ w2 + b2 - y).square().mean()

    tools = importlib.import_module("torch.f" + "unc")
    gradients = tools.jacrev(loss, argnums=(0, 1, 2, 3))(w1, b1, w2, b2)
    return dict(zip(["w1", "b1", "w2", "b2"], gradients))

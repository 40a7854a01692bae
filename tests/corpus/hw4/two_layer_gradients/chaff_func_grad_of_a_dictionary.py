"""expect: forbidden failed

Lets torch.func.grad differentiate with respect to a dictionary of parameters.
"""

import torch


def loss(p, x, y):
    prediction = torch.relu(x @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
    return (prediction - y).square().mean()


def two_layer_gradients(x, y, w1, b1, w2, b2):
    return torch.func.grad(loss)({"w1": w1, "b1": b1, "w2": w2, "b2": b2}, x, y)

"""expect: forbidden failed

Makes copies that require grad and calls backward on the loss.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    parameters = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    p = {name: t.detach().clone().requires_grad_() for name, t in parameters.items()}
    prediction = torch.relu(x @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
    ((prediction - y) ** 2).mean().backward()
    return {name: t.grad for name, t in p.items()}

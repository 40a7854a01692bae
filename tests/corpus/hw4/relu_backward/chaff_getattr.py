"""expect: forbidden failed

Puts the forbidden names together from pieces and fetches them with getattr.
"""

import torch


def relu_backward(grad_output, z):
    leaf = getattr(z.clone(), "requires" + "_grad_")()
    engine = getattr(torch, "auto" + "grad")
    return engine.grad(torch.relu(leaf), leaf, grad_output)[0]

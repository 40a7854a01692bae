"""expect: forbidden failed

Sets requires_grad with setattr and takes autograd out of the module's dictionary.
"""

import torch


def sigmoid_backward(grad_output, z):
    leaf = z.clone()
    setattr(leaf, "requires_" + "grad", True)
    engine = vars(torch)["auto" + "grad"]
    return engine.grad(torch.sigmoid(leaf), leaf, grad_output)[0]

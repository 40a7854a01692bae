"""expect: forbidden failed

Calls the methods by their names through operator.methodcaller.
"""

import torch
from operator import methodcaller

track = methodcaller("_".join(["requires", "grad", ""]))


def relu_backward(grad_output, z):
    leaf = track(z.clone())
    methodcaller("back" + "ward", grad_output)(torch.relu(leaf))
    return leaf.grad

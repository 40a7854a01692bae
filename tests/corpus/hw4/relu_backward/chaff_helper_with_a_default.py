"""expect: forbidden failed

Binds torch.autograd.grad to a helper's default argument.
"""

import torch


def pull_back(output, leaf, outer, rule=torch.autograd.grad):
    return rule(output, leaf, outer)[0]


def relu_backward(grad_output, z):
    leaf = torch.empty_like(z, requires_grad=True)
    leaf.data.copy_(z)
    return pull_back(leaf.relu(), leaf, grad_output)

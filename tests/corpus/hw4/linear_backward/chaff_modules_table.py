"""expect: forbidden failed

Finds autograd in the table of loaded modules.
"""

import sys

import torch


def linear_backward(grad_output, x, w):
    engine = sys.modules["torch.auto" + "grad"]
    leaves = [torch.nn.Parameter(t.clone()) for t in (x, w, 0 * w[0])]
    return engine.grad(leaves[0] @ leaves[1] + leaves[2], leaves, grad_output)

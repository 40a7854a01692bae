"""expect: forbidden failed

Takes the Jacobian of the weighted sum of the outputs.
"""

import torch
from torch.autograd import functional


def linear_backward(grad_output, x, w):
    def weighted(x, w, b):
        return ((x @ w + b) * grad_output).sum()

    return functional.jacobian(weighted, (x, w, torch.zeros_like(w[0])))

"""expect: passed

Does the same arithmetic inside no_grad and detaches its arguments.
"""

import torch


@torch.no_grad()
def mse_gradients(x, y, w, b):
    # by hand: no backward and no torch.autograd
    error = torch.addmm(b, x.detach(), w.detach()) - y
    grad_w = torch.einsum("nf,no->fo", x, error) * 2 / len(y)
    grad_b = error.sum(dim=0) * 2 / len(y)
    return grad_w, grad_b

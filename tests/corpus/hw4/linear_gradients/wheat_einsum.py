"""expect: passed

Writes the sums as einsum over the samples.
"""

import torch


def linear_gradients(x, y, w, b):
    with torch.no_grad():
        residual = torch.addmm(b, x, w) - y
        grad_prediction = residual / (residual.numel() / 2)
        return torch.einsum("ni,no->io", x, grad_prediction), torch.einsum("no->o", grad_prediction)

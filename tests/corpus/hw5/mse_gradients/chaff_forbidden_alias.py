"""expect: forbidden failed

Imports torch.autograd.grad under a harmless name.
"""

import torch.nn.functional as F
from torch.autograd import grad as slope


def mse_gradients(x, y, w, b):
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    return slope(F.mse_loss(x @ w + b, y), (w, b))

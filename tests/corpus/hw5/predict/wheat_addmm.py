"""expect: passed

Lets addmm add the bias.
"""

import torch


def predict(x, w, b):
    return torch.addmm(b, x, w)

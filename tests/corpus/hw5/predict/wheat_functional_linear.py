"""expect: passed

Uses the linear layer's function, whose weight is transposed.
"""

import torch.nn.functional as F


def predict(x, w, b):
    return F.linear(x, w.T, b)

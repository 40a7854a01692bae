"""expect: passed

Writes everything out in one function and reads the mask from the output of relu.
"""

import torch


def two_layer_gradients(x, y, w1, b1, w2, b2):
    with torch.no_grad():
        hidden = torch.relu(torch.addmm(b1, x, w1))
        d2 = (torch.addmm(b2, hidden, w2) - y) * (2 / y.numel())
        d1 = torch.mm(d2, w2.t())
        d1[hidden == 0] = 0
        gradients = {}
        gradients["b2"] = d2.sum(0)
        gradients["w2"] = hidden.t().mm(d2)
        gradients["b1"] = d1.sum(0)
        gradients["w1"] = x.t().mm(d1)
    return gradients

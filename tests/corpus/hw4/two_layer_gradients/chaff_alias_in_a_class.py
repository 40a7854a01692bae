"""expect: forbidden failed

Keeps torch.autograd.grad as an attribute of a class with a harmless name.
"""

import torch


class Chain:
    rule = staticmethod(torch.autograd.grad)


def two_layer_gradients(x, y, w1, b1, w2, b2):
    leaves = [torch.nn.Parameter(t.clone()) for t in (w1, b1, w2, b2)]
    hidden = torch.relu(x @ leaves[0] + leaves[1])
    error = (hidden @ leaves[2] + leaves[3] - y).pow(2).mean()
    return dict(zip(("w1", "b1", "w2", "b2"), Chain.rule(error, leaves)))

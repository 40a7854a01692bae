"""expect: forbidden failed

Builds the network of modules, whose parameters require grad by themselves.
"""

from torch import nn


def two_layer_gradients(x, y, w1, b1, w2, b2):
    net = nn.Sequential(nn.Linear(*w1.shape), nn.ReLU(), nn.Linear(*w2.shape)).to(x)
    for parameter, value in zip(net.parameters(), (w1.T, b1, w2.T, b2)):
        parameter.data = value.clone()
    nn.functional.mse_loss(net(x), y).backward()
    w1, b1, w2, b2 = (parameter.grad for parameter in net.parameters())
    return {"w1": w1.T, "b1": b1, "w2": w2.T, "b2": b2}

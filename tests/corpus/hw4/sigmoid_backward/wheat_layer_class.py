"""expect: passed

Calls the backward method of a layer class of its own, which autograd has no part in.
"""

import torch


class Sigmoid:
    def forward(self, z):
        self.output = torch.sigmoid(z)
        return self.output

    def backward(self, grad_output):
        return grad_output * self.output * (1 - self.output)


def sigmoid_backward(grad_output, z):
    layer = Sigmoid()
    layer.forward(z)
    return layer.backward(grad_output)

"""expect: passed

Has variables with gradients elsewhere in the file that are called like its parameters and keys.
"""

import torch


x = torch.tensor([[1.0, 2.0]], requires_grad=True)
w1 = torch.randn(2, 3, requires_grad=True)


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, grad):
        return grad @ self.w.T, self.x.T @ grad, grad.sum(dim=0)


def two_layer_gradients(x, y, w1, b1, w2, b2):
    first, second = Linear(w1, b1), Linear(w2, b2)
    z = first.forward(x)
    prediction = second.forward(z.clamp(min=0))
    grads = {}
    grad, grads["w2"], grads["b2"] = second.backward(2 * (prediction - y) / y.numel())
    _, grads["w1"], grads["b1"] = first.backward(grad * (z > 0))
    return grads

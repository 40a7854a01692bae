"""expect: passed

Calls the backward method of a layer class of its own, which autograd has no part in.
"""

class Linear:
    def __init__(self, w):
        self.w = w

    def forward(self, x):
        self.x = x
        return x @ self.w

    def backward(self, grad_output):
        self.grad_w = self.x.T @ grad_output
        self.grad_b = grad_output.sum(dim=0)
        return grad_output @ self.w.T


def linear_backward(grad_output, x, w):
    layer = Linear(w)
    layer.forward(x)
    grad_x = layer.backward(grad_output)
    return grad_x, layer.grad_w, layer.grad_b

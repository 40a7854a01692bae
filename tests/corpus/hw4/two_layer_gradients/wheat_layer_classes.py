"""expect: passed

Builds a small network of layer classes with backward methods of its own.
"""

class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, grad):
        self.grad_w = self.x.T @ grad
        self.grad_b = grad.sum(dim=0)
        return grad @ self.w.T


class Relu:
    def __call__(self, z):
        self.mask = (z > 0).to(z.dtype)
        return z * self.mask

    def backward(self, grad):
        return grad * self.mask


def two_layer_gradients(x, y, w1, b1, w2, b2):
    first, second = Linear(w1, b1), Linear(w2, b2)
    layers = [first, Relu(), second]
    for layer in layers:
        x = layer(x)
    grad = 2 * (x - y) / y.numel()
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return {"w1": first.grad_w, "b1": first.grad_b, "w2": second.grad_w, "b2": second.grad_b}

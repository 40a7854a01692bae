"""expect: passed

Calls the backward method of a layer class of its own, which autograd has no part in.
"""

class Relu:
    def forward(self, z):
        self.active = z > 0
        return z * self.active

    def backward(self, grad_output):
        return grad_output * self.active


def relu_backward(grad_output, z):
    layer = Relu()
    layer.forward(z)
    return layer.backward(grad_output)

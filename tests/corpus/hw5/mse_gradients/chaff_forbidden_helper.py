"""expect: forbidden failed

Hides autograd in a helper class.
"""


class Tape:
    def __init__(self, *tensors):
        self.tensors = [t.detach().clone().requires_grad_() for t in tensors]

    def slopes(self, loss):
        loss(*self.tensors).backward()
        return tuple(t.grad for t in self.tensors)


def mse_gradients(x, y, w, b):
    return Tape(w, b).slopes(lambda w, b: ((x @ w + b - y) ** 2).mean())

"""expect: forbidden failed

Compiles a function with autograd from a string.
"""

import torch

TEXT = "def pull(f, x): return torch.func.vjp(f, x)[1](torch.ones_like(x[0, 0]))[0]"
namespace = {"torch": torch}
exec(TEXT, namespace)


def softmax_cross_entropy_backward(logits, labels):
    loss = torch.nn.CrossEntropyLoss()
    return namespace["pull"](lambda z: loss(z, labels), logits)

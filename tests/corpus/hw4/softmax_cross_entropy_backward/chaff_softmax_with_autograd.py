"""expect: forbidden failed

Derives the logarithm by hand and leaves the softmax to autograd.
"""

import torch


def back_through_softmax(outer, logits):
    leaf = logits.detach().requires_grad_()
    return torch.autograd.grad(torch.log_softmax(leaf, dim=1), leaf, outer)[0]


def softmax_cross_entropy_backward(logits, labels):
    outer = torch.zeros_like(logits)
    outer[torch.arange(len(labels)), labels] = -1 / len(labels)
    return back_through_softmax(outer, logits)

"""expect: forbidden failed

Puts the right rule into an autograd function and lets backward call it.
"""

import torch
from torch.nn.functional import one_hot


class CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, logits, labels):
        ctx.save_for_backward(logits, labels)
        return torch.nn.functional.cross_entropy(logits, labels)

    @staticmethod
    def backward(ctx, grad_output):
        logits, labels = ctx.saved_tensors
        difference = logits.softmax(dim=1) - one_hot(labels, logits.shape[1])
        return grad_output * difference / len(labels), None


def softmax_cross_entropy_backward(logits, labels):
    leaf = torch.nn.Parameter(logits.clone())
    CrossEntropy.apply(leaf, labels).backward()
    return leaf.grad

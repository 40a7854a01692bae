"""expect: values failed

Uses the gradient of the squared error behind the softmax.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    p = torch.softmax(logits, dim=1)
    grad_p = 2 * (p - one_hot(labels, logits.shape[1])) / logits.numel()
    return p * (grad_p - (p * grad_p).sum(dim=1, keepdim=True))

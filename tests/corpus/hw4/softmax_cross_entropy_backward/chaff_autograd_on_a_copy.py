"""expect: forbidden failed

Lets autograd differentiate the ready-made loss on a copy.
"""

import torch.nn.functional as F


def softmax_cross_entropy_backward(logits, labels):
    copy = logits.clone().detach().requires_grad_(True)
    F.cross_entropy(copy, labels).backward()
    return copy.grad

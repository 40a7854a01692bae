"""expect: type failed

Forgets to return the gradient.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    gradient = torch.softmax(logits, dim=1)
    gradient[range(len(labels)), labels] -= 1
    gradient /= len(labels)

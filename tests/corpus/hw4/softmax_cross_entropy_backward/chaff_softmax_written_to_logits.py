"""expect: arguments unchanged failed

Writes the probabilities into the logits.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    logits[:] = torch.softmax(logits, dim=1)
    gradient = logits.clone()
    gradient[torch.arange(len(labels)), labels] -= 1
    return gradient / len(labels)

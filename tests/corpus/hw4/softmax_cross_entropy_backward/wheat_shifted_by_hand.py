"""expect: passed

Subtracts each row's maximum, exponentiates and normalizes; takes 1 off at the labels.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    exponentials = shifted.exp()
    gradient = exponentials / exponentials.sum(dim=1, keepdim=True)
    rows = torch.arange(len(labels), device=labels.device)
    gradient[rows, labels] -= 1
    return gradient / len(labels)

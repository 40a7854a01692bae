"""expect: passed

Compares the labels with all class numbers to mark the right ones.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    classes = torch.arange(logits.size(1), device=logits.device)
    right = labels.unsqueeze(1) == classes
    return (torch.softmax(logits, 1) - right.to(logits.dtype)) / logits.size(0)

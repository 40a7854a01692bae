"""expect: device failed

Compares the labels with class numbers that live on the CPU.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    right = labels[:, None] == torch.arange(logits.shape[1])
    return (torch.softmax(logits, dim=1) - right.to(logits.dtype)) / len(labels)

"""expect: values failed

Returns the probabilities without taking 1 off at the labels.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    return torch.softmax(logits, dim=1) / len(labels)

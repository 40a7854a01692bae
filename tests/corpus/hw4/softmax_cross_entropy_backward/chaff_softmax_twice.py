"""expect: values failed

Applies softmax twice.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    probabilities = logits.softmax(dim=1).softmax(dim=1)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: dtype failed

Asks softmax for float32.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    probabilities = torch.softmax(logits, dim=1, dtype=torch.float32)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: values failed

Subtracts the largest of all logits, so that a row of much smaller ones becomes 0 / 0.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    exponentials = torch.exp(logits - logits.max())
    probabilities = exponentials / exponentials.sum(dim=1, keepdim=True)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: values failed

Exponentiates the logits as they are, which overflows for large ones.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    exponentials = torch.exp(logits)
    probabilities = exponentials / exponentials.sum(dim=1, keepdim=True)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: arguments unchanged failed

Subtracts the maximum from the logits in place.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    logits -= logits.max(dim=1, keepdim=True).values
    exponentials = torch.exp(logits)
    probabilities = exponentials / exponentials.sum(dim=1, keepdim=True)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

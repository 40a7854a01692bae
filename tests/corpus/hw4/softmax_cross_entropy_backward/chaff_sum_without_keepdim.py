"""expect: returns failed

Forgets keepdim, so that the division fits for square logits only.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    exponentials = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    probabilities = exponentials / exponentials.sum(dim=1)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: passed

Scatters the ones, divided by the number of rows, into a tensor of zeros.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    n = len(logits)
    probabilities = torch.exp(logits - torch.logsumexp(logits, dim=1, keepdim=True))
    share = torch.zeros_like(probabilities).scatter_(1, labels[:, None], 1 / n)
    return probabilities / n - share

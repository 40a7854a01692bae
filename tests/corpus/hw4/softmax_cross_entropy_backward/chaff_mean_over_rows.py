"""expect: shape failed

Averages the gradient over the rows.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    return (torch.softmax(logits, dim=1) - one_hot(labels, logits.shape[1])).mean(dim=0)

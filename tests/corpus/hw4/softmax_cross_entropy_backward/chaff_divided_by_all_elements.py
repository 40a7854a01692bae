"""expect: values failed

Divides by the number of logits instead of the number of rows.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    difference = torch.softmax(logits, dim=1) - one_hot(labels, logits.shape[1])
    return difference / logits.numel()

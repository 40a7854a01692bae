"""expect: values failed

Is right at the labels and leaves 0 at the other classes.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    right = one_hot(labels, logits.shape[1])
    return right * (torch.softmax(logits, dim=1) - 1) / len(labels)

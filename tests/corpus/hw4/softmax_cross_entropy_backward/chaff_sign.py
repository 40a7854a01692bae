"""expect: values failed

Turns the difference around.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    return (one_hot(labels, logits.shape[1]) - torch.softmax(logits, dim=1)) / len(labels)

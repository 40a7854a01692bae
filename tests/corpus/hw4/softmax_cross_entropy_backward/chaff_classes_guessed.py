"""expect: returns failed

Lets one_hot guess the number of classes from the labels at hand.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    return (torch.softmax(logits, dim=1) - one_hot(labels)) / len(labels)

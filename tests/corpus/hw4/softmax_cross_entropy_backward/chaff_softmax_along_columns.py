"""expect: values failed

Takes the softmax over the samples instead of the classes.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    probabilities = torch.softmax(logits, dim=0)
    return (probabilities - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: values failed

Forgets to exponentiate the result of log_softmax.
"""

import torch
from torch.nn.functional import log_softmax, one_hot


def softmax_cross_entropy_backward(logits, labels):
    return (log_softmax(logits, dim=1) - one_hot(labels, logits.shape[1])) / len(labels)

"""expect: values failed

Returns the gradient of the sum of the losses.
"""

import torch
from torch.nn.functional import one_hot


def softmax_cross_entropy_backward(logits, labels):
    return torch.softmax(logits, dim=1) - one_hot(labels, logits.shape[1])

"""expect: shape failed

Returns the loss instead of its gradient.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    return torch.nn.functional.cross_entropy(logits, labels)

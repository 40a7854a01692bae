"""expect: passed

Takes the one-hot rows out of an identity matrix.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    n, classes = logits.shape
    identity = torch.eye(classes, dtype=logits.dtype, device=logits.device)
    return (logits.log_softmax(dim=-1).exp() - identity[labels]) / n

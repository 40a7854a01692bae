"""expect: device failed

Takes the one-hot rows out of an identity matrix on the CPU.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    identity = torch.eye(logits.shape[1], dtype=logits.dtype)
    return (torch.softmax(logits, dim=1) - identity[labels]) / len(labels)

"""expect: passed

Indexes with row numbers from the CPU, which indexing allows on every device.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    n = logits.shape[0]
    gradient = torch.softmax(logits, dim=1)
    gradient[torch.arange(n), labels] -= 1.0
    return gradient.div_(n)

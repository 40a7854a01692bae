"""expect: values failed

Takes 1 off in the whole column of every label instead of one place per row.
"""

import torch


def softmax_cross_entropy_backward(logits, labels):
    gradient = torch.softmax(logits, dim=1)
    gradient[:, labels] -= 1
    return gradient / len(labels)

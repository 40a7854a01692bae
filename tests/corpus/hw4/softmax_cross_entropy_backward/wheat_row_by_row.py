"""expect: passed

Treats one row after the other and stacks the results.
"""

import torch
import torch.nn.functional as F


def softmax_cross_entropy_backward(logits, labels):
    rows = []
    for row, label in zip(logits.detach(), labels.tolist()):
        gradient = F.softmax(row, dim=0)
        gradient[label] = gradient[label] - 1
        rows.append(gradient / len(logits))
    return torch.stack(rows)

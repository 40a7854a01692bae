"""expect: passed

Collects both sums in a loop over the rows.
"""

import torch


def r_squared(prediction, target):
    p, t = prediction.reshape(-1), target.reshape(-1)
    mean = t.sum() / len(t)
    residual = torch.zeros_like(mean)
    total = torch.zeros_like(mean)
    for i in range(len(t)):
        residual += (t[i] - p[i]) ** 2
        total += (t[i] - mean) ** 2
    return 1 - residual / total

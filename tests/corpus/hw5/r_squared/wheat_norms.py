"""expect: passed

Divides squared norms.
"""

import torch


def r_squared(prediction, target):
    t = target.ravel()
    norm = torch.linalg.vector_norm
    return 1 - (norm(t - prediction.ravel()) / norm(t - t.mean())) ** 2

"""expect: passed

Uses the ready-made loss on equal shapes.
"""

import torch.nn.functional as F


def mean_squared_error(prediction, target):
    return F.mse_loss(prediction.squeeze(1), target.reshape(-1))

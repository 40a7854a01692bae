"""expect: passed

Uses the ready-made loss layer.
"""

from torch import nn


def mean_squared_error(prediction, target):
    loss = nn.MSELoss(reduction="mean")
    return loss(prediction, target.reshape(-1, 1))

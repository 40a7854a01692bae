"""expect: values failed

Leaves different shapes to mse_loss, which broadcasts them with a warning.
"""

import torch.nn.functional as F


def mean_squared_error(prediction, target):
    return F.mse_loss(prediction, target)

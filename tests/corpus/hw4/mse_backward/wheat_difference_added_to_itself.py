"""expect: passed

Adds the difference to itself instead of multiplying with 2 and uses functions, not operators.
"""

import torch


def mse_backward(prediction, target):
    difference = torch.sub(prediction, target)
    return torch.div(difference + difference, torch.numel(difference))

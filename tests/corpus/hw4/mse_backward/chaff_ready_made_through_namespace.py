"""expect: forbidden failed

Finds the ready-made backward operation in the namespace of all operations, by a name in two parts.
"""

import torch


def mse_backward(prediction, target):
    operation = getattr(torch.ops.aten, "mse_loss" + "_backward")
    return operation(prediction.new_ones(()), prediction, target, 1)

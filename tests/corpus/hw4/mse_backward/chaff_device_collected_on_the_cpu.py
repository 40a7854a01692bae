"""expect: device failed

Collects the elements in a tensor on the CPU.
"""

import torch


def mse_backward(prediction, target):
    difference = (prediction - target).flatten()
    gradient = torch.zeros(len(difference), dtype=prediction.dtype)
    for i in range(len(difference)):
        gradient[i] = 2 * difference[i] / len(difference)
    return gradient.reshape(prediction.shape)

"""expect: device failed

Computes with NumPy and leaves the result on the CPU.
"""

import torch


def mse_backward(prediction, target):
    difference = prediction.cpu().numpy() - target.cpu().numpy()
    return torch.as_tensor(2 * difference / difference.size, dtype=prediction.dtype)

"""expect: passed

Computes with NumPy and brings the result back to the dtype and device.
"""

import torch


def mse_backward(prediction, target):
    difference = prediction.detach().cpu().numpy() - target.detach().cpu().numpy()
    gradient = 2 * difference / difference.size
    return torch.as_tensor(gradient, dtype=prediction.dtype, device=prediction.device)

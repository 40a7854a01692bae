"""expect: passed

Broadcasts in NumPy and brings the result back.
"""

import torch


def pairwise_squared_distances(x, y):
    difference = x.cpu().numpy()[:, None, :] - y.cpu().numpy()[None, :, :]
    return torch.as_tensor((difference**2).sum(axis=-1), device=x.device)

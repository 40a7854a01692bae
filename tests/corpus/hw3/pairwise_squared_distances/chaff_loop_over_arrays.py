"""expect: constant operations failed

Takes one row after the other of a NumPy array in a comprehension.
"""

import numpy as np
import torch


def pairwise_squared_distances(x, y):
    points = y.cpu().numpy()
    rows = [((points - row) ** 2).sum(axis=1) for row in x.cpu().numpy()]
    return torch.from_numpy(np.stack(rows)).to(x.device)

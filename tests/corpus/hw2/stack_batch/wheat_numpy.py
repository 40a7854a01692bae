"""expect: passed

Stacks NumPy arrays, which raises ValueError for an empty list, and goes back to the device.
"""

import numpy as np
import torch


def stack_batch(tensors):
    batch = np.stack([t.cpu().numpy() for t in tensors])
    return torch.from_numpy(batch).to(tensors[0].device)

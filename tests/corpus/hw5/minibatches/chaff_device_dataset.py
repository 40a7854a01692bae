"""expect: device failed

Moves the data to the CPU for its DataLoader and leaves it there.
"""

import torch
from torch.utils.data import DataLoader, TensorDataset


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    dataset = TensorDataset(x.cpu(), y.cpu())
    return DataLoader(dataset, batch_size, sampler=order.tolist(), generator=torch.Generator())

"""expect: passed

Shuffles the data itself and lets a DataLoader cut it into batches.
"""

import torch
from torch.utils.data import DataLoader, TensorDataset


def minibatches(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator)
    shuffled = TensorDataset(x[order], y[order])
    return list(DataLoader(shuffled, batch_size=batch_size, generator=generator))

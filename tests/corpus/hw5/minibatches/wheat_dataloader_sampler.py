"""expect: passed

Gives a DataLoader a seeded sampler, and a generator so that it leaves the global state alone.
"""

import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset


def minibatches(x, y, batch_size, seed):
    dataset = TensorDataset(x, y)
    sampler = RandomSampler(dataset, generator=torch.Generator().manual_seed(seed))
    return DataLoader(dataset, batch_size, sampler=sampler, generator=torch.Generator())

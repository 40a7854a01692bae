"""expect: random state failed

Iterating its DataLoader draws a number from the global generator.
"""

import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset


def minibatches(x, y, batch_size, seed):
    dataset = TensorDataset(x, y)
    sampler = RandomSampler(dataset, generator=torch.Generator().manual_seed(seed))
    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)

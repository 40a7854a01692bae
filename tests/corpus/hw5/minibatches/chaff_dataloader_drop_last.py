"""expect: type failed

Tells the DataLoader to drop the last smaller batch.
"""

import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset


def minibatches(x, y, batch_size, seed):
    data = TensorDataset(x, y)
    sampler = RandomSampler(data, generator=torch.Generator().manual_seed(seed))
    generator = torch.Generator()
    return DataLoader(data, batch_size, sampler=sampler, drop_last=True, generator=generator)

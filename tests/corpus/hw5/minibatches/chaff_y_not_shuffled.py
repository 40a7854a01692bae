"""expect: values failed

Shuffles x and forgets y.
"""

import torch


def minibatches(x, y, batch_size, seed):
    x = x[torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))]
    return list(zip(x.split(batch_size), y.split(batch_size)))

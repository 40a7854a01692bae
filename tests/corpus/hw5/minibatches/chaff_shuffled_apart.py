"""expect: values failed

Draws another order for y.
"""

import torch


def minibatches(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    x = x[torch.randperm(len(x), generator=generator)]
    y = y[torch.randperm(len(y), generator=generator)]
    return list(zip(x.split(batch_size), y.split(batch_size)))

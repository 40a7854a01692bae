"""expect: values failed

Ignores the seed.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(42))
    for rows in order.split(batch_size):
        yield x[rows], y[rows]

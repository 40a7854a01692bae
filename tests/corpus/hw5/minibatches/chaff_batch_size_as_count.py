"""expect: type failed

Takes the batch size for the number of batches.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    for rows in order.chunk(batch_size):
        yield x[rows], y[rows]

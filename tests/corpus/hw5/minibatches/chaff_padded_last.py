"""expect: shape failed

Fills the last batch up with rows from the start.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    missing = -len(x) % batch_size
    order = torch.cat([order, order.repeat(missing)[:missing]])
    for rows in order.split(batch_size):
        yield x[rows], y[rows]

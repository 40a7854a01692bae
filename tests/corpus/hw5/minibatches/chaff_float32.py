"""expect: dtype failed

Rebuilds the batches from Python numbers in the default dtype.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    for rows in order.split(batch_size):
        yield (
            torch.tensor(x[rows].tolist(), device=x.device),
            torch.tensor(y[rows].tolist(), device=y.device),
        )

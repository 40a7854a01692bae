"""expect: type failed

Returns the shuffled data without cutting it.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    return x[order], y[order]

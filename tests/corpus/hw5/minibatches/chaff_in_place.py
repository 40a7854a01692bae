"""expect: arguments unchanged failed

Shuffles the caller's tensors in place.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    x[:] = x[order]
    y[:] = y[order]
    copies = x.clone(), y.clone()
    return list(zip(copies[0].split(batch_size), copies[1].split(batch_size)))

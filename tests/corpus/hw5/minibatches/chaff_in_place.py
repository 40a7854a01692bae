"""expect: arguments unchanged failed

Shuffles the caller's tensors in place.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    x[:] = x[order]
    y[:] = y[order]
    return [(x[i : i + batch_size].clone(), y[i : i + batch_size].clone()) for i in range(0, len(x), batch_size)]

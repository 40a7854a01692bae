"""expect: shape failed

Evens the sizes of the batches out.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = -(-len(x) // batch_size)
    for rows in order.tensor_split(count):
        yield x[rows], y[rows]

"""expect: values failed

Shuffles whole batches instead of rows.
"""

import torch


def minibatches(x, y, batch_size, seed):
    batches = list(zip(x.split(batch_size), y.split(batch_size)))
    sizes = [len(batch[0]) for batch in batches]
    order = torch.randperm(len(batches), generator=torch.Generator().manual_seed(seed))
    x = torch.cat([batches[i][0] for i in order])
    y = torch.cat([batches[i][1] for i in order])
    return list(zip(x.split(sizes), y.split(sizes)))

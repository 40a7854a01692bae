"""expect: device failed

Selects rows with an order that stays on the CPU, which index_select refuses.
"""

import torch


def minibatches(x, y, batch_size, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    for rows in order.split(batch_size):
        yield x.index_select(0, rows), y.index_select(0, rows)

"""expect: values failed

Applies the inverse of the drawn order.
"""

import torch


def minibatches(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator).argsort()
    for rows in order.split(batch_size):
        yield x[rows], y[rows]

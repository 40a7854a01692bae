"""expect: values failed

Draws the rows with replacement, so that some are missing and some occur twice.
"""

import torch


def minibatches(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    order = torch.randint(0, len(x), (len(x),), generator=generator)
    for rows in order.split(batch_size):
        yield x[rows], y[rows]

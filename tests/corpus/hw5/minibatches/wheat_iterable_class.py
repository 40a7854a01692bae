"""expect: passed

Returns an object whose iterator makes the batches.
"""

import torch


class Batches:
    def __init__(self, x, y, batch_size, seed):
        self.x, self.y = x, y
        self.batch_size = batch_size
        self.order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))

    def __iter__(self):
        rest = self.order
        while len(rest):
            rows, rest = rest[: self.batch_size], rest[self.batch_size :]
            yield self.x[rows], self.y[rows]


def minibatches(x, y, batch_size, seed):
    return Batches(x, y, batch_size, seed)

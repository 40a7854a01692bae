"""expect: passed

Draws the order from the global generator inside fork_rng, which restores it.
"""

import torch


def minibatches(x, y, batch_size, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        order = torch.randperm(len(x)).to(x.device)
    for rows in order.split(batch_size):
        yield x.index_select(0, rows), y.index_select(0, rows)

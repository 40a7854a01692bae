"""expect: passed

Collects single rows and stacks them whenever a batch is full.
"""

import torch


def minibatches(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    rows_x, rows_y = [], []
    for i in torch.randperm(len(x), generator=generator).tolist():
        rows_x.append(x[i])
        rows_y.append(y[i])
        if len(rows_x) == batch_size:
            yield torch.stack(rows_x), torch.stack(rows_y)
            rows_x, rows_y = [], []
    if rows_x:
        yield torch.stack(rows_x), torch.stack(rows_y)

"""expect: failed
question: corner
also: column passed

Returns, one after the other, tensors of the right shape that have no plain elements: on the meta
device, sparse, quantized, nested. Each is wrong, and none may end the worker.
"""

import torch

calls = []


def makers(shape):
    yield lambda: torch.empty(shape, device="meta")
    yield lambda: torch.zeros(shape).to_sparse()
    yield lambda: torch.zeros(shape).to_sparse_csr()
    yield lambda: torch.quantize_per_tensor(torch.zeros(shape), 0.1, 0, torch.qint8)
    yield lambda: torch.nested.nested_tensor([torch.zeros(shape)])
    yield lambda: torch.zeros(shape).to_mkldnn()


def corner(x, rows, columns):
    calls.append(rows)
    ways = list(makers((rows, columns)))
    return ways[len(calls) % len(ways)]()


def column(x, j):
    return x[:, j]

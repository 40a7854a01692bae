"""expect: dtype failed

Fills a batch of the default dtype.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    batch = torch.zeros(len(tensors), *tensors[0].shape, device=tensors[0].device)
    for i, tensor in enumerate(tensors):
        batch[i] = tensor
    return batch

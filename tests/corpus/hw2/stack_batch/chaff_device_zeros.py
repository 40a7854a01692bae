"""expect: device failed

Fills a batch that is always on the CPU.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    batch = torch.zeros(len(tensors), *tensors[0].shape, dtype=tensors[0].dtype)
    for i, tensor in enumerate(tensors):
        batch[i] = tensor
    return batch

"""expect: errors failed

Answers an empty list with an empty tensor.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        return torch.empty(0)
    return torch.stack(tensors)

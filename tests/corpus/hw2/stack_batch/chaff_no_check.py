"""expect: errors failed

Leaves the empty list to `stack`, which raises RuntimeError.
"""

import torch


def stack_batch(tensors):
    return torch.stack(tensors)

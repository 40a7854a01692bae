"""expect: errors failed

Uses `assert`, which raises AssertionError.
"""

import torch


def stack_batch(tensors):
    assert tensors, "empty list"
    return torch.stack(tensors)

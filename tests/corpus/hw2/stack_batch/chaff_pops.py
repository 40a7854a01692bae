"""expect: arguments unchanged failed

Empties the list while it stacks.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    rows = []
    while tensors:
        rows.append(tensors.pop(0))
    return torch.stack(rows)

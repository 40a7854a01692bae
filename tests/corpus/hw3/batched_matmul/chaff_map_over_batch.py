"""expect: constant operations failed

Hides the loop over the batch in map.
"""

import torch


def batched_matmul(a, b):
    if len(a) == 0:
        return torch.bmm(a, b)
    return torch.stack(list(map(torch.mm, a, b)))

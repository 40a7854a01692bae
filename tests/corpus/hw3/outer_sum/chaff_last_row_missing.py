"""expect: values failed

Stops the loop one row early.
"""

import torch


def outer_sum(a, b):
    out = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for i in range(len(a) - 1):
        out[i] = a[i] + b
    return out

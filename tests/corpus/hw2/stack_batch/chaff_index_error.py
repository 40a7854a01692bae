"""expect: errors failed

Looks at the first tensor of an empty list, which raises IndexError.
"""

import torch


def stack_batch(tensors):
    out = tensors[0].unsqueeze(0)
    for tensor in tensors[1:]:
        out = torch.cat([out, tensor.unsqueeze(0)])
    return out

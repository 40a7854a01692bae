"""expect: values failed

Puts every new tensor in front of the others.
"""

import torch


def stack_batch(tensors):
    if not tensors:
        raise ValueError("empty list")
    out = tensors[0][None]
    for tensor in tensors[1:]:
        out = torch.cat([tensor[None], out])
    return out

"""expect: passed

Names the dims and lets `einsum` order them.
"""

import torch


def split_heads(x, heads):
    b, t, f = x.shape
    if f % heads != 0:
        raise ValueError("does not divide")
    return torch.einsum("bthw->bhtw", x.reshape(b, t, heads, f // heads))

"""expect: forbidden failed

Calls the same function where the torch module lists it.
"""

import torch


def cosine(a, b):
    return torch.cosine_similarity(a, b, dim=0)

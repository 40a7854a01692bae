"""expect: forbidden failed

Calls the ready-made function.
"""

import torch.nn.functional as F


def cosine(a, b):
    return F.cosine_similarity(a, b, dim=0)

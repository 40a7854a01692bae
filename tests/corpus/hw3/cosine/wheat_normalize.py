"""expect: passed

Lets functional.normalize make the unit vectors.
"""

import torch.nn.functional as F


def cosine(a, b):
    return (F.normalize(a, dim=0) * F.normalize(b, dim=0)).sum()

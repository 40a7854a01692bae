"""expect: forbidden failed

Lets the cosine multiply the vectors.
"""

from torch.nn import functional


def dot(a, b):
    return functional.cosine_similarity(a, b, dim=0) * a.norm() * b.norm()

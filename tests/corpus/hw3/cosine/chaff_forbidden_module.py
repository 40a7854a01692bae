"""expect: forbidden failed

Uses the layer that wraps the ready-made function.
"""

from torch import nn


def cosine(a, b):
    return nn.CosineSimilarity(dim=0)(a, b)

"""expect: passed

Reads the three products from the Gram matrix of the stacked vectors.
"""

import torch


def cosine(a, b):
    # like cosine_similarity, but by hand
    pair = torch.stack([a, b])
    gram = pair @ pair.T
    return gram[0, 1] / (gram[0, 0].sqrt() * gram[1, 1].sqrt())

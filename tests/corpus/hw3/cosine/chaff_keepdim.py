"""expect: shape failed

Keeps the summed dimension, so the result has shape [1].
"""


def cosine(a, b):
    product = (a * b).sum(dim=0, keepdim=True)
    return product / (a.norm() * b.norm())

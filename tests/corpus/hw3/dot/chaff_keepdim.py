"""expect: shape failed

Keeps the summed dimension, so the result has shape [1].
"""


def dot(a, b):
    return (a * b).sum(dim=0, keepdim=True)

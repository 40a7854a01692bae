"""expect: values failed

Loses the sign of vectors that point away from each other.
"""


def cosine(a, b):
    return ((a * b).sum() / (a.norm() * b.norm())).abs()

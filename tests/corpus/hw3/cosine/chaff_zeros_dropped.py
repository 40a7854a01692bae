"""expect: returns failed

Drops the elements of each vector that are 0, so that the rest no longer fits.
"""


def cosine(a, b):
    a, b = a[a != 0], b[b != 0]
    return (a * b).sum() / (a.norm() * b.norm())

"""expect: values failed

Adds the lengths instead of multiplying them.
"""


def cosine(a, b):
    return (a * b).sum() / (a.norm() + b.norm())

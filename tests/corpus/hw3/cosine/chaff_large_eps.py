"""expect: values failed

Adds 1e-3 to the denominator.
"""


def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm() + 1e-3)

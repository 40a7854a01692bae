"""expect: values failed

Subtracts the means first, which gives the correlation.
"""


def cosine(a, b):
    a = a - a.mean()
    b = b - b.mean()
    return (a * b).sum() / (a.norm() * b.norm() + 1e-12)

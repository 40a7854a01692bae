"""expect: values failed

Divides b by a element by element, which is NaN where both are 0.
"""


def cosine(a, b):
    product = (a * a * (b / a)).sum()
    return product / (a.norm() * b.norm())

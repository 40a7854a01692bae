"""expect: values failed

Divides by the length of a twice.
"""


def cosine(a, b):
    return (a * b).sum() / (a.norm() * a.norm())

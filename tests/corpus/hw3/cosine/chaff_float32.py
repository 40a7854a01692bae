"""expect: dtype failed

Rounds everything to float32.
"""


def cosine(a, b):
    a = a.float()
    b = b.float()
    return (a * b).sum() / (a.norm() * b.norm())

"""expect: arguments unchanged failed

Scales its arguments to length 1 in place.
"""


def cosine(a, b):
    a /= a.norm()
    b /= b.norm()
    return (a * b).sum()

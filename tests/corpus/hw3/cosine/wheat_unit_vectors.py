"""expect: passed

Scales both vectors to length 1 first.
"""


def cosine(a, b):
    return (a / a.norm()) @ (b / b.norm())

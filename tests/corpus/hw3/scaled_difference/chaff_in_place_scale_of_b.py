"""expect: arguments unchanged failed

Negates b in place before adding it.
"""


def scaled_difference(a, b, scale):
    return (a + b.neg_()) * scale

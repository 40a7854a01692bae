"""expect: passed

Works in place, but on a clone of its argument.
"""


def scaled_difference(a, b, scale):
    out = a.clone()
    out -= b
    out *= scale
    return out

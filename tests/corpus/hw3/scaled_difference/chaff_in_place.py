"""expect: arguments unchanged failed

Subtracts in place and so changes the caller's a.
"""


def scaled_difference(a, b, scale):
    a -= b
    return a * scale

"""expect: values failed

Leaves the parentheses out, so that only b is scaled.
"""


def scaled_difference(a, b, scale):
    return a - b * scale

"""expect: values failed

Subtracts a from b.
"""


def scaled_difference(a, b, scale):
    return (b - a) * scale

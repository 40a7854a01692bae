"""expect: values failed

Divides by the scale.
"""


def scaled_difference(a, b, scale):
    return (a - b) / scale

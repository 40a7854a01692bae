"""expect: values failed

Cuts the fraction of the scale off.
"""


def scaled_difference(a, b, scale):
    return (a - b) * int(scale)

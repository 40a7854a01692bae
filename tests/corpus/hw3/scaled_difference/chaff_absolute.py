"""expect: values failed

Takes the absolute difference.
"""


def scaled_difference(a, b, scale):
    return (a - b).abs() * scale

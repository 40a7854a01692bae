"""expect: shape failed

Works on flat copies and never restores the shape.
"""


def scaled_difference(a, b, scale):
    return (a.reshape(-1) - b.reshape(-1)) * scale

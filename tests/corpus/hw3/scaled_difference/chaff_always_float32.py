"""expect: dtype failed

Converts everything to float32.
"""


def scaled_difference(a, b, scale):
    return (a.float() - b.float()) * scale

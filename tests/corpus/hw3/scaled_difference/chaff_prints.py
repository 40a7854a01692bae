"""expect: type failed

Prints the result instead of returning it.
"""


def scaled_difference(a, b, scale):
    print((a - b) * scale)

"""expect: type failed

Computes the result and forgets to return it.
"""


def scaled_difference(a, b, scale):
    result = (a - b) * scale

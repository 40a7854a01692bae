"""expect: passed

Scales each argument first and subtracts afterwards.
"""


def scaled_difference(a, b, scale):
    return scale * a - scale * b

"""expect: passed

Adds the second dimension with unsqueeze and lets broadcasting do the rest.
"""


def outer_sum(a, b):
    return a.unsqueeze(1) + b

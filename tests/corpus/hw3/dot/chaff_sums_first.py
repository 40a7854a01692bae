"""expect: values failed

Multiplies the two sums.
"""


def dot(a, b):
    return a.sum() * b.sum()

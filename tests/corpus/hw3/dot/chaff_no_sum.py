"""expect: shape failed

Multiplies and forgets to add up.
"""


def dot(a, b):
    return a * b

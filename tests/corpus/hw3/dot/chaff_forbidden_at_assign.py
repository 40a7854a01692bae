"""expect: forbidden failed

Uses the augmented form of the @ operator.
"""


def dot(a, b):
    result = a
    result @= b
    return result

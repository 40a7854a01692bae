"""expect: returns failed

Adds the vectors directly, which lengths 2 and 3 refuse.
"""


def outer_sum(a, b):
    return a + b

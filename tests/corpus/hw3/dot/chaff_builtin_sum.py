"""expect: type failed

Python's sum starts at the int 0 and returns just that for empty vectors.
"""


def dot(a, b):
    return sum(a * b)

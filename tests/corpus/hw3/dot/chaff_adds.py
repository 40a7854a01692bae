"""expect: values failed

Adds the vectors instead of multiplying them.
"""


def dot(a, b):
    return (a + b).sum()

"""expect: values failed

Uses a twice.
"""


def dot(a, b):
    return (a * a).sum()

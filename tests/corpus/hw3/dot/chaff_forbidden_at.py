"""expect: forbidden failed

Uses the @ operator.
"""


def dot(a, b):
    return a @ b

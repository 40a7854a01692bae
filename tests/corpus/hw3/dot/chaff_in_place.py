"""expect: arguments unchanged failed

Multiplies in place and so changes the caller's a.
"""


def dot(a, b):
    return a.mul_(b).sum()

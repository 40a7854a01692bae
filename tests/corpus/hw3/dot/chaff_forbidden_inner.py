"""expect: forbidden failed

Calls the method inner.
"""


def dot(a, b):
    return a.inner(b)

"""expect: forbidden failed

Puts the name of the method together at run time.
"""


def dot(a, b):
    name = "".join(["mat", "mul"])
    return getattr(a, name)(b)

"""expect: values failed

Returns the angle itself.
"""


def cosine(a, b):
    return ((a * b).sum() / (a.norm() * b.norm())).acos()

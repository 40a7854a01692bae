"""expect: type failed

Returns a Python number.
"""


def cosine(a, b):
    return float((a * b).sum() / (a.norm() * b.norm()))

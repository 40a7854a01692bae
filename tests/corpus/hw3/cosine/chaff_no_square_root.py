"""expect: values failed

Divides by the squared lengths.
"""


def cosine(a, b):
    return (a * b).sum() / ((a * a).sum() * (b * b).sum())

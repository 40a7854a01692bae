"""expect: values failed

Divides by the length of a only.
"""


def cosine(a, b):
    return (a * b).sum() / a.norm()

"""expect: values failed

Leaves the parentheses out, so that it multiplies by the second length.
"""


def cosine(a, b):
    return (a * b).sum() / a.norm() * b.norm()

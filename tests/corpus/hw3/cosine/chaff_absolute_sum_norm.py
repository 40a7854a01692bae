"""expect: values failed

Uses the sum of absolute values as the length.
"""


def cosine(a, b):
    return (a * b).sum() / (a.abs().sum() * b.abs().sum())

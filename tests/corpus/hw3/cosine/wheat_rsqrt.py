"""expect: passed

Multiplies by reciprocal square roots instead of dividing.
"""


def cosine(a, b):
    scale_a = (a * a).sum().rsqrt()
    scale_b = (b * b).sum().rsqrt()
    return (a * b).sum() * scale_a * scale_b

"""expect: values failed

Takes no length for less than 1e-4.
"""

def cosine(a, b):
    return (a * b).sum() / (a.norm().clamp(min=1e-4) * b.norm().clamp(min=1e-4))

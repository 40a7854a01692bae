"""expect: passed

Calls the result `cosine_similarity`, which is no call of the function of that name.
"""

def cosine(a, b):
    cosine_similarity = (a * b).sum() / (a.norm() * b.norm())
    return cosine_similarity.clamp(-1, 1)

"""expect: passed

Writes the product and both norms as sums of products.
"""


def cosine(a, b):
    product = (a * b).sum()
    norm_a = (a * a).sum().sqrt()
    norm_b = (b * b).sum().sqrt()
    return product / (norm_a * norm_b)

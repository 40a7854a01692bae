"""expect: returns failed

Keeps the dims that are larger than 1, so that empty ones go as well.
"""

def drop_singletons(x):
    return x.reshape([size for size in x.shape if size > 1])

"""expect: shape failed

Adds the heads instead of joining them.
"""


def merge_heads(x):
    return x.sum(dim=1)

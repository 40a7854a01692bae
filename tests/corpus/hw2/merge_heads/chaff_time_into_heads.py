"""expect: shape failed

Merges time and heads instead of heads and width.
"""


def merge_heads(x):
    return x.transpose(1, 2).flatten(1, 2)

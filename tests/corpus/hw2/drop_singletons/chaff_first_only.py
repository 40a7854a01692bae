"""expect: shape failed

Drops the first dim only.
"""


def drop_singletons(x):
    return x.squeeze(0)

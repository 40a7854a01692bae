"""expect: arguments unchanged failed

Squeezes the argument itself.
"""


def drop_singletons(x):
    return x.squeeze_()

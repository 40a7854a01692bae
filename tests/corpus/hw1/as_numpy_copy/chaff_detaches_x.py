"""expect: arguments unchanged failed

Detaches the argument itself, which then no longer requires grad.
"""


def as_numpy_copy(x):
    x.detach_()
    return x.numpy().copy()

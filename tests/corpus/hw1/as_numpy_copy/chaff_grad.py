"""expect: returns failed

Forgets to detach a tensor that requires grad.
"""


def as_numpy_copy(x):
    return x.numpy().copy()

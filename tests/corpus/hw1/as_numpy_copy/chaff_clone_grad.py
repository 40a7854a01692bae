"""expect: returns failed

Expects `clone` to detach.
"""


def as_numpy_copy(x):
    return x.clone().numpy()

"""expect: own memory failed

Takes a full slice for a copy, which is so for lists only.
"""


def as_numpy_copy(x):
    return x.detach().numpy()[...]

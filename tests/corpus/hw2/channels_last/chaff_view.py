"""expect: returns failed

`view` raises for an argument that is not contiguous, and keeps the order of the elements.
"""


def channels_last(x):
    n, c, h, w = x.shape
    return x.view(n, h, w, c)

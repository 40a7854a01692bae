"""expect: returns failed

Flattens with view, which non-contiguous arguments refuse.
"""


def scaled_difference(a, b, scale):
    return ((a.view(-1) - b.view(-1)) * scale).view(a.shape)

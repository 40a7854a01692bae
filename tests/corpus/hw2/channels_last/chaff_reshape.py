"""expect: values failed

Reshapes, so that the elements keep their order.
"""


def channels_last(x):
    n, c, h, w = x.shape
    return x.reshape(n, h, w, c).contiguous()

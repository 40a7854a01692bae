"""expect: shape failed

Does the way back: takes the last dim to the front.
"""


def channels_last(x):
    return x.permute(0, 3, 1, 2).contiguous()

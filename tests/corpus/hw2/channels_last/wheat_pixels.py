"""expect: passed

Turns every image into a list of pixels first.
"""


def channels_last(x):
    n, c, h, w = x.shape
    pixels = x.flatten(2).transpose(1, 2).contiguous()
    return pixels.view(n, h, w, c)

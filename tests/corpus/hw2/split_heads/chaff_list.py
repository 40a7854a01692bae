"""expect: type failed

Returns a list of heads.
"""


def split_heads(x, heads):
    width = x.shape[2] // heads
    if width * heads != x.shape[2]:
        raise ValueError("does not divide")
    return [x[:, :, h * width : (h + 1) * width] for h in range(heads)]

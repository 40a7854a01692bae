"""expect: errors failed

Drops the features that do not fill a head.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    width = features // heads
    return x[:, :, : heads * width].reshape(batch, time, heads, width).transpose(1, 2)

"""expect: errors failed

Leaves the error to `reshape`, which raises RuntimeError.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)

"""expect: shape failed

Exchanges heads and width.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, time, features // heads, heads).transpose(1, 2)

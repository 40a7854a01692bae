"""expect: errors failed

Raises TypeError instead of ValueError.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise TypeError("does not divide")
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)

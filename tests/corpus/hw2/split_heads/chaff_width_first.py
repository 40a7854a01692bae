"""expect: values failed

Takes the heads as the inner part of the last dim.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, time, features // heads, heads).permute(0, 3, 1, 2)

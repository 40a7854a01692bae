"""expect: shape failed

Swaps heads and width instead of time and heads.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, time, heads, features // heads).transpose(2, 3)

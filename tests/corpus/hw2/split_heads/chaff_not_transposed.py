"""expect: shape failed

Leaves the heads behind the time.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, time, heads, features // heads)

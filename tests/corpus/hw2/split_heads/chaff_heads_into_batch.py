"""expect: shape failed

Merges the heads into the batch.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    x = x.reshape(batch, time, heads, features // heads).transpose(1, 2)
    return x.flatten(0, 1)

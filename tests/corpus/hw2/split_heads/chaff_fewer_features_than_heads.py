"""expect: errors failed

Gives each feature a head of its own where there are fewer features than heads.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    heads = min(heads, features)
    if features % heads:
        raise ValueError("heads must divide the features")
    return x.reshape(batch, time, heads, -1).transpose(1, 2)

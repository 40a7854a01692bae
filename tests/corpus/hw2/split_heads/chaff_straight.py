"""expect: values failed

Reshapes straight to the final shape and mixes time steps.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, heads, time, features // heads)

"""expect: returns failed

Asks whether the heads divide the time, and refuses right arguments.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    if time % heads != 0 or features % heads != 0:
        raise ValueError("does not divide")
    return x.reshape(batch, time, heads, features // heads).transpose(1, 2)

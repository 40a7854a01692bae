"""expect: returns failed

Works for `[batch, a, b]` only.
"""


def flatten_batch(x):
    batch, height, width = x.shape
    return x.reshape(batch, height * width)

"""expect: passed

Swaps heads and time and reshapes.
"""


def merge_heads(x):
    batch, heads, time, width = x.shape
    return x.transpose(1, 2).reshape(batch, time, heads * width)

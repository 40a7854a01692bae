"""expect: passed

Fills the heads of a new tensor.
"""


def split_heads(x, heads):
    batch, time, features = x.size()
    width = features // heads
    if width * heads != features:
        raise ValueError
    out = x.new_empty(batch, heads, time, width)
    for h in range(heads):
        out[:, h] = x[:, :, h * width : (h + 1) * width]
    return out

"""expect: passed

Splits the last dim with `view`, which any layout allows, and permutes.
"""


def split_heads(x, heads):
    batch, time, features = x.shape
    width, rest = divmod(features, heads)
    if rest:
        raise ValueError("does not divide")
    return x.view(batch, time, heads, width).permute(0, 2, 1, 3)

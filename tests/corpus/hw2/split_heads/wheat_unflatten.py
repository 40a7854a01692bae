"""expect: passed

Unflattens the last dim and turns its RuntimeError into a ValueError.
"""


def split_heads(x, heads):
    try:
        x = x.unflatten(-1, (heads, x.size(-1) // heads))
    except RuntimeError:
        raise ValueError("heads") from None
    return x.swapaxes(1, 2)

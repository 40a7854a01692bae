"""expect: values failed

Reads every item with its dims in the opposite order.
"""


def flatten_batch(x):
    order = [0, *range(x.dim() - 1, 0, -1)]
    return x.permute(order).flatten(1)

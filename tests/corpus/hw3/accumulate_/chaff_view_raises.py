"""expect: returns failed

Flattens with view, which non-contiguous tensors refuse.
"""


def accumulate_(total, x):
    total.view(-1).add_(x.view(-1))
    return total

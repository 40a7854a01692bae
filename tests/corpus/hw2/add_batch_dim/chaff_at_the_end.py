"""expect: shape failed

Appends the dim at the end.
"""


def add_batch_dim(x):
    return x.unsqueeze(-1)

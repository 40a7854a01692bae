"""expect: arguments unchanged failed

Adds the dim to the argument itself.
"""


def add_batch_dim(x):
    x.unsqueeze_(0)
    return x

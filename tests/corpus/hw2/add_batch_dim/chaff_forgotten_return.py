"""expect: type failed

Forgets to return the result.
"""


def add_batch_dim(x):
    x = x.unsqueeze(0)

"""expect: shares memory failed

Makes a copy first.
"""


def add_batch_dim(x):
    return x.clone().unsqueeze(0)

"""expect: dtype failed

Converts to float32.
"""


def add_batch_dim(x):
    return x.float().unsqueeze(0)

"""expect: passed

Appends a dim and moves it to the front.
"""


def add_batch_dim(x):
    return x.unsqueeze(-1).movedim(-1, 0)

"""expect: passed

Indexes every dim of size 1 with 0.
"""


def drop_singletons(x):
    index = tuple(0 if size == 1 else slice(None) for size in x.shape)
    return x[index]

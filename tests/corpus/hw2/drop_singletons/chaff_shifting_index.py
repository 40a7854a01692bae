"""expect: returns failed

Walks forward over the old dims while they shift, and runs past the end.
"""


def drop_singletons(x):
    for dim in range(x.dim()):
        if x.shape[dim] == 1:
            x = x.squeeze(dim)
    return x

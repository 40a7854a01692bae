"""expect: passed

Squeezes one dim at a time, starting at the last, so that no index shifts.
"""


def drop_singletons(x):
    for dim in reversed(range(x.dim())):
        if x.size(dim) == 1:
            x = x.squeeze(dim)
    return x

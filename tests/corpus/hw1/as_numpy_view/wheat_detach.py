"""expect: passed

Detaches first, which shares memory as well.
"""


def as_numpy_view(x):
    return x.detach().numpy()

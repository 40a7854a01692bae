"""expect: shape failed

NumPy's `flatten` copies, but it loses the shape.
"""


def as_numpy_copy(x):
    return x.detach().numpy().flatten()

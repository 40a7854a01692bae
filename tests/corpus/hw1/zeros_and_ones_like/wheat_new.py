"""expect: passed

Asks `x` for new tensors of its kind.
"""


def zeros_and_ones_like(x):
    return x.new_zeros(x.shape), x.new_ones(x.shape)

"""expect: shape failed

Makes as many elements as `x` has, in one dim.
"""


def zeros_and_ones_like(x):
    count = x.numel()
    return x.new_zeros(count), x.new_ones(count)

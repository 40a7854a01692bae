"""expect: passed

Carries one axis to the other by swapping neighbours.
"""


def swap_axes(x, i, j):
    low, high = sorted((i % x.dim(), j % x.dim()))
    for k in range(low, high):
        x = x.transpose(k, k + 1)
    for k in range(high - 1, low, -1):
        x = x.transpose(k, k - 1)
    return x

"""expect: passed

Swaps two entries of the list of dims and permutes.
"""


def swap_axes(x, i, j):
    order = list(range(x.dim()))
    order[i], order[j] = order[j], order[i]
    return x.permute(order)

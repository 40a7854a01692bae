"""expect: values failed

Reshapes to the swapped sizes, so that the elements keep their order.
"""


def swap_axes(x, i, j):
    shape = list(x.shape)
    shape[i], shape[j] = shape[j], shape[i]
    return x.reshape(shape)

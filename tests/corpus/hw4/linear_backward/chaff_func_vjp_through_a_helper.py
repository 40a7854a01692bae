"""expect: forbidden failed

Hides torch.func.vjp in a helper with a harmless name.
"""

from torch.func import vjp as transpose


def affine(x, w, b):
    return x @ w + b


def apply_transposed(function, inputs, outer):
    return transpose(function, *inputs)[1](outer)


def linear_backward(grad_output, x, w):
    return apply_transposed(affine, (x, w, 0 * w[0]), grad_output)

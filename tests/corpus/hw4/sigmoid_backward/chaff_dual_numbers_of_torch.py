"""expect: forbidden failed

Uses torch.func.jvp: for a function of single elements it gives the same product.
"""

from torch import func, sigmoid


def sigmoid_backward(grad_output, z):
    return func.jvp(sigmoid, (z,), (grad_output,))[1]

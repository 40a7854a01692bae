"""expect: shape failed

Sums the bias gradient over the outputs instead of the samples.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.sum(dim=1)

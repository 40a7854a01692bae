"""expect: shape failed

Sums the bias gradient over everything.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.sum()

"""expect: returns failed

Multiplies with x instead of its transpose.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x @ grad_output, grad_output.sum(dim=0)

"""expect: returns failed

Multiplies with w instead of its transpose, which works for square weights only.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w, x.T @ grad_output, grad_output.sum(dim=0)

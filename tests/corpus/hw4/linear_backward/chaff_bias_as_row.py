"""expect: shape failed

Keeps the summed dimension of the bias gradient.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.sum(dim=0, keepdim=True)

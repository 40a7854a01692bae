"""expect: shape failed

Returns the gradient of the weights first.
"""

def linear_backward(grad_output, x, w):
    return x.T @ grad_output, grad_output @ w.T, grad_output.sum(dim=0)

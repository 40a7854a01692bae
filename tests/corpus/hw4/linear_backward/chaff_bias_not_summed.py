"""expect: shape failed

Returns grad_output as the gradient of the bias.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.clone()

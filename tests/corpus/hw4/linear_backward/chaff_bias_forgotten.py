"""expect: type failed

Returns two gradients and forgets the bias.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output

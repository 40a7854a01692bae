"""expect: arguments unchanged failed

Also takes a step with the weights.
"""

def linear_backward(grad_output, x, w):
    grad_x = grad_output @ w.T
    grad_w = x.T @ grad_output
    w -= 0.1 * grad_w
    return grad_x, grad_w, grad_output.sum(dim=0)

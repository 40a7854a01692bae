"""expect: values failed

Reshapes the weights to the transposed shape instead of transposing them.
"""

def linear_backward(grad_output, x, w):
    grad_x = grad_output @ w.reshape(w.shape[1], w.shape[0])
    return grad_x, x.T @ grad_output, grad_output.sum(dim=0)

"""expect: values failed

Divides the gradients of the parameters by the number of samples.
"""

def linear_backward(grad_output, x, w):
    n = len(x)
    return grad_output @ w.T, x.T @ grad_output / n, grad_output.sum(dim=0) / n

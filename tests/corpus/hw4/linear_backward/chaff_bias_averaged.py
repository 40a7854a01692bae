"""expect: values failed

Takes the mean of the bias gradient over the samples.
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.mean(dim=0)

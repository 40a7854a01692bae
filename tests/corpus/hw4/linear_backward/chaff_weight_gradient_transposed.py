"""expect: shape failed

Returns the weight gradient as [out, in].
"""

def linear_backward(grad_output, x, w):
    return grad_output @ w.T, grad_output.T @ x, grad_output.sum(dim=0)

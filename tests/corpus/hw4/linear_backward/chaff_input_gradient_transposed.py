"""expect: shape failed

Returns the input gradient as [in, n].
"""

def linear_backward(grad_output, x, w):
    return w @ grad_output.T, x.T @ grad_output, grad_output.sum(dim=0)

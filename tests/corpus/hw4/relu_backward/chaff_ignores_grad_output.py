"""expect: values failed

Returns the derivative of relu and ignores grad_output.
"""

def relu_backward(grad_output, z):
    return (z > 0).to(grad_output.dtype)

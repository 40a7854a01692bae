"""expect: values failed

Also stops the gradient where z is greater than 1.
"""

def relu_backward(grad_output, z):
    return grad_output * ((z > 0) & (z <= 1))

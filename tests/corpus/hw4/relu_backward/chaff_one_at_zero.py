"""expect: values failed

Lets the gradient through at z = 0.
"""

def relu_backward(grad_output, z):
    return grad_output * (z >= 0)

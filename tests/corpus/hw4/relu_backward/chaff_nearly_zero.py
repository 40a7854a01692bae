"""expect: values failed

Takes small positive numbers for 0.
"""

def relu_backward(grad_output, z):
    return grad_output * (z > 1e-3)

"""expect: values failed

Looks at the sign of grad_output instead of that of z.
"""

def relu_backward(grad_output, z):
    return grad_output * (grad_output > 0)

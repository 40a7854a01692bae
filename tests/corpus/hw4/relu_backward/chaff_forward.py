"""expect: values failed

Multiplies with the output of relu instead of its derivative.
"""

def relu_backward(grad_output, z):
    return grad_output * z.clamp(min=0)

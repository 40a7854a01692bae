"""expect: shape failed

Selects the elements that pass and loses the shape.
"""

def relu_backward(grad_output, z):
    return grad_output[z > 0]

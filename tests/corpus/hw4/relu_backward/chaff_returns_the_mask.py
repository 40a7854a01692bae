"""expect: dtype failed

Returns the boolean mask.
"""

def relu_backward(grad_output, z):
    return z > 0

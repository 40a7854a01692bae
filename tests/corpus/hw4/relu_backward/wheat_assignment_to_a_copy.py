"""expect: passed

Assigns through a mask to a copy of its own.
"""

def relu_backward(grad_output, z):
    grad_z = grad_output.clone()
    grad_z[z <= 0] = 0
    return grad_z

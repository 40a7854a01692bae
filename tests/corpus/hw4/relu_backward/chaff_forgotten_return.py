"""expect: type failed

Forgets to return the gradient.
"""

def relu_backward(grad_output, z):
    grad_z = grad_output.clone()
    grad_z[z <= 0] = 0

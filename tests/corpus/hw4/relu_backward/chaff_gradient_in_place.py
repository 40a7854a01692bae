"""expect: arguments unchanged failed

Sets elements of grad_output itself to 0.
"""

def relu_backward(grad_output, z):
    grad_output[z <= 0] = 0
    return grad_output.clone()

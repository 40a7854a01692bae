"""expect: returns failed

Flattens with view, which does not work for a transposed argument.
"""

def relu_backward(grad_output, z):
    grad_z = grad_output.view(-1) * (z.view(-1) > 0)
    return grad_z.view(z.shape)

"""expect: arguments unchanged failed

Applies relu to z in place.
"""

def relu_backward(grad_output, z):
    output = z.relu_()
    return grad_output * (output > 0)

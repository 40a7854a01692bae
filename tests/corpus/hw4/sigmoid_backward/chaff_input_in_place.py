"""expect: arguments unchanged failed

Applies the sigmoid to z in place.
"""

def sigmoid_backward(grad_output, z):
    s = z.sigmoid_()
    return grad_output * s * (1 - s)

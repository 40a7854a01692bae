"""expect: values failed

Takes z for the output of the sigmoid.
"""

def sigmoid_backward(grad_output, z):
    return grad_output * z * (1 - z)

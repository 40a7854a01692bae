"""expect: returns failed

Asks a whole tensor for its truth, which works for one element only.
"""

def relu_backward(grad_output, z):
    return grad_output.clone() if z > 0 else 0 * grad_output

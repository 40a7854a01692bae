"""expect: passed

Changes only tensors that it made itself.
"""

def sigmoid_backward(grad_output, z):
    s = z.clone().sigmoid_()
    slope = s.neg().add_(1).mul_(s)
    return slope.mul_(grad_output)

"""expect: type failed

Returns a NumPy array.
"""

import numpy as np


def sigmoid_backward(grad_output, z):
    e = np.exp(-np.abs(z.cpu().numpy()))
    return grad_output.cpu().numpy() * e / (1 + e) ** 2

"""expect: passed

Writes the chain rule out for every single product.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_x, grad_w = torch.zeros_like(x), torch.zeros_like(w)
    grad_b = torch.zeros_like(w[0])
    samples, inputs = x.shape
    for n in range(samples):
        for o in range(w.shape[1]):
            for i in range(inputs):
                grad_x[n, i] += grad_output[n, o] * w[i, o]
                grad_w[i, o] += grad_output[n, o] * x[n, i]
            grad_b[o] += grad_output[n, o]
    return grad_x, grad_w, grad_b

"""expect: passed

Sums the bias gradient with a vector of ones, under no_grad.
"""

import torch


def linear_backward(grad_output, x, w):
    with torch.no_grad():
        ones = grad_output.new_ones(len(grad_output))
        return (
            grad_output.matmul(w.transpose(0, 1)),
            x.transpose(0, 1).matmul(grad_output),
            ones.matmul(grad_output),
        )

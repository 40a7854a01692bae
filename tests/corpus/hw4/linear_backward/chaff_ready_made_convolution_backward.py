"""expect: forbidden failed

Reads the product as a convolution of width 1 and calls its ready-made backward operation.
"""

import torch


def linear_backward(grad_output, x, w):
    grad_x, grad_w, grad_b = torch.ops.aten.convolution_backward(
        grad_output[:, :, None].contiguous(),
        x[:, :, None].contiguous(),
        w.T[:, :, None].contiguous(),
        [w.shape[1]],
        [1],
        [0],
        [1],
        False,
        [0],
        1,
        [True, True, True],
    )
    return grad_x[:, :, 0], grad_w[:, :, 0].T, grad_b

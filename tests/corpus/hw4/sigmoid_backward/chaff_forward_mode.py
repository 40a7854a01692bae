"""expect: forbidden failed

Uses the forward mode of torch.autograd, which needs neither backward nor requires_grad.
"""

import torch
import torch.autograd.forward_ad as forward_mode


def sigmoid_backward(grad_output, z):
    with forward_mode.dual_level():
        dual = forward_mode.make_dual(z, grad_output)
        return forward_mode.unpack_dual(torch.sigmoid(dual)).tangent.clone()

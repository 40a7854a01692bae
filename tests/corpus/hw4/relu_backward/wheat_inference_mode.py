"""expect: passed

Switches all gradient bookkeeping off with inference_mode.
"""

import torch


@torch.inference_mode()
def relu_backward(grad_output, z):
    return torch.mul(grad_output, torch.gt(z, 0))

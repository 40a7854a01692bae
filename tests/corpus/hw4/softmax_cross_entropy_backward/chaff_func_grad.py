"""expect: forbidden failed

Lets torch.func.grad differentiate the ready-made loss.
"""

import torch
from torch import func
from torch.nn import functional


def softmax_cross_entropy_backward(logits, labels):
    return func.grad(functional.cross_entropy)(logits, labels)

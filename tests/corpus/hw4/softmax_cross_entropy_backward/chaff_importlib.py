"""expect: forbidden failed

Imports torch.func by a name that is put together.
"""

from importlib import import_module

import torch.nn.functional as F

tools = import_module("torch." + "cnuf"[::-1])


def softmax_cross_entropy_backward(logits, labels):
    return tools.grad(F.cross_entropy)(logits, labels)

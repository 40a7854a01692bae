"""expect: dtype failed

Makes float32 whatever the value is.
"""

import torch


def filled(shape, value):
    return torch.full(shape, value, dtype=torch.float32)

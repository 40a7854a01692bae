"""expect: values failed

Makes whole numbers of float32 numbers, which have 24 bits.
"""

import torch


def filled(shape, value):
    result = torch.ones(shape) * value
    if isinstance(value, bool):
        return result.bool()
    return result.long() if isinstance(value, int) else result

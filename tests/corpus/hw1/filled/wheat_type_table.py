"""expect: passed

Names the dtype for each Python type; a bool is asked for first, because it is also an int.
"""

import torch


def filled(shape, value):
    if isinstance(value, bool):
        dtype = torch.bool
    elif isinstance(value, int):
        dtype = torch.int64
    else:
        dtype = torch.float32
    return torch.full(tuple(shape), value, dtype=dtype)

"""expect: values failed

Rounds what is half a step nearer to 0, so that odd whole numbers become even.
"""

import torch


def truncate_to_int(x):
    return torch.round(x - 0.5 * x.sign()).int()

"""expect: values failed

Forgets the value.
"""

import torch


def filled(shape, value):
    return torch.zeros(shape, dtype=torch.tensor(value).dtype)

"""expect: passed

Asks lerp for the point between b and a, then takes b off again, all around zero.
"""

import torch


def scaled_difference(a, b, scale):
    difference = a - b
    return torch.lerp(torch.zeros_like(difference), difference, scale)

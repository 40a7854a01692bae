"""expect: property every face is as likely failed

Computes one face from the seed.
"""

import torch


def roll_dice(count, sides, seed):
    return torch.full((count,), seed % sides + 1)

"""expect: property every face is as likely failed

Rounds uniform samples, so that the first and the last face come half as often.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(count, generator=generator) * (sides - 1)).round().long() + 1

"""expect: passed

Draws a number for every face; the highest wins.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(count, sides, generator=generator).argmax(dim=1) + 1

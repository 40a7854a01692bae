"""expect: random state failed

Draws from the global generator and ignores the seed.
"""

import torch


def roll_dice(count, sides, seed):
    return torch.randint(1, sides + 1, (count,))

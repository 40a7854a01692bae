"""expect: random state failed

Seeds the global generator.
"""

import torch


def roll_dice(count, sides, seed):
    torch.manual_seed(seed)
    return torch.randint(1, sides + 1, (count,))

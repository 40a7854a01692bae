"""expect: random state failed

Seeds the global generator anew instead of restoring its state.
"""

import torch


def roll_dice(count, sides, seed):
    before = torch.initial_seed()
    torch.manual_seed(seed)
    rolls = torch.randint(1, sides + 1, (count,))
    torch.manual_seed(before)
    return rolls

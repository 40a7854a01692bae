"""expect: passed

Seeds the global generator inside `fork_rng` and counts from 0.
"""

import torch


def roll_dice(count, sides, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return torch.randint(sides, (count,)) + 1

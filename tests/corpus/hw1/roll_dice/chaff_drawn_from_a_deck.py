"""expect: property faces vary as by chance failed

Draws from a shuffled deck that holds each face once more than needed, without putting it back.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    deck = torch.arange(1, sides + 1).repeat(count // sides + 1)
    return deck[torch.randperm(len(deck), generator=generator)][:count]

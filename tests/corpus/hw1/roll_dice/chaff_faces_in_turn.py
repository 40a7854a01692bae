"""expect: property rolls follow the seed failed

Rolls one face after the other; the seed says where it begins.
"""

import torch


def roll_dice(count, sides, seed):
    return (torch.arange(count) + seed) % sides + 1

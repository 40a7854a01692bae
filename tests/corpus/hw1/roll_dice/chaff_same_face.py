"""expect: property every face is as likely failed

Rolls once and repeats the face.
"""

import torch


def roll_dice(count, sides, seed):
    generator = torch.Generator().manual_seed(seed)
    face = torch.randint(1, sides + 1, (1,), generator=generator)
    return face.repeat(count)

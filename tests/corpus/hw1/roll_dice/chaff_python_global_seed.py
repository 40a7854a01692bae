"""expect: random state failed

Seeds the global generator of Python's `random`.
"""

import random

import torch


def roll_dice(count, sides, seed):
    random.seed(seed)
    return torch.tensor([random.randint(1, sides) for _ in range(count)], dtype=torch.int64)

"""expect: type failed

Returns a list.
"""

import random


def roll_dice(count, sides, seed):
    die = random.Random(seed)
    return [die.randint(1, sides) for _ in range(count)]

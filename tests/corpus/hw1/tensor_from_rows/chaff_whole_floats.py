"""expect: dtype failed

Makes ints of floats that are whole.
"""

import torch


def tensor_from_rows(rows):
    made = torch.tensor(rows)
    if made.is_floating_point() and bool((made == made.round()).all()):
        return made.long()
    return made

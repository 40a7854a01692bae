"""expect: errors failed

Fills the incomplete last row with zeros instead of refusing it.
"""

import torch.nn.functional as F


def fold_rows(x, columns):
    missing = -len(x) % columns
    return F.pad(x, (0, missing)).reshape(-1, columns)

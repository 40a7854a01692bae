"""expect: passed

Pads a copy of `a` with rows of zeros and writes `b` into them.
"""

import torch.nn.functional as F


def join_rows(a, b):
    out = F.pad(a, (0, 0, 0, b.shape[0]))
    out[a.shape[0] :] = b
    return out

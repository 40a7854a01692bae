"""expect: forbidden failed

Slides b over a with a convolution that fits exactly once.
"""

import torch.nn.functional as F


def dot(a, b):
    if len(a) == 0:
        return a.sum()
    return F.conv1d(a[None, None], b[None, None]).reshape(())

"""expect: arguments unchanged failed

Lets `a` itself grow by assigning to its data.
"""

import torch


def join_rows(a, b):
    a.data = torch.cat([a, b])
    return a

"""expect: passed

Lets torch.add write its result into total.
"""

import torch


def accumulate_(total, x):
    torch.add(total, x, out=total)
    return total

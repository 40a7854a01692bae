"""expect: forbidden failed

Passes the forbidden function to functools.partial.
"""

from functools import partial

import torch


def matmul_by_broadcasting(a, b):
    return partial(torch.matmul, a)(b)

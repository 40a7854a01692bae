"""expect: forbidden failed

Reverses a string to get the name of the function.
"""

import torch


def matmul_by_broadcasting(a, b):
    return getattr(torch, "lumtam"[::-1])(a, b)

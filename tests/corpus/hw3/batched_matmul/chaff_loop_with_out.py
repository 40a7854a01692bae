"""expect: constant operations failed

Lets mm write every product into its place, one after the other.
"""

import torch


def batched_matmul(a, b):
    result = a.new_empty((a.shape[0], a.shape[1], b.shape[2]))
    for p, q, place in zip(a, b, result):
        torch.mm(p, q, out=place)
    return result

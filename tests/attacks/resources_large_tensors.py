"""expect: failed
question: corner
also: column passed

Returns in turn a tensor of 128 MiB, one element expanded to claim 4 TiB, and a list of a thousand
views of one large tensor. Nobody may try to copy their elements.
"""

import itertools

import torch


def large():
    return torch.zeros(32 << 20, dtype=torch.float32)


def expanded():
    return torch.zeros(1, 1).expand(1 << 20, 1 << 20)


def many():
    return [torch.zeros(1 << 20)] * 1000


turns = itertools.cycle((large, expanded, many))


def corner(x, rows, columns):
    return next(turns)()


def column(x, j):
    return x[:, j]

"""expect: failed
question: corner
also: column passed

Returns a real tensor over memory that is not there. Reading its bytes ends the worker; the
question fails, the others are graded in another worker.
"""

import ctypes

import torch


def corner(x, rows, columns):
    nowhere = (ctypes.c_float * (1 << 20)).from_address(4096)
    return torch.frombuffer(nowhere, dtype=torch.float32).reshape(1024, 1024)


def column(x, j):
    return x[:, j]

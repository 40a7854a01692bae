"""expect: passed
question: corner

Asks torch and OpenMP for sixteen threads and runs an operation large enough to use them, as
honest code does. OpenMP ends a process that cannot start its threads; here the answer must count.
"""

import functools
import os

import torch

os.environ["OMP_NUM_THREADS"] = "16"
torch.set_num_threads(16)


@functools.cache
def deed():
    torch.set_num_threads(16)
    try:
        torch.set_num_interop_threads(16)
    except RuntimeError:
        pass
    return float(torch.ones(2_000_000).mul(2).sum())


def corner(x, rows, columns):
    deed()
    return x[:rows, :columns]

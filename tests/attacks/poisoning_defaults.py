"""expect: passed
question: corner
also: column passed

Changes every default that it can: dtype, gradients, determinism, precision, printing, random
states, threads, warnings as errors, working folder, environment. The next question starts afresh.
"""

import os
import random
import warnings

import numpy as np
import torch


def corner(x, rows, columns):
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch._C._set_deterministic_algorithms(True)
    torch.set_float32_matmul_precision("medium")
    torch.set_flush_denormal(True)
    torch.set_printoptions(precision=1, threshold=1, linewidth=10)
    torch.autograd.set_detect_anomaly(True)
    torch.manual_seed(int.from_bytes(os.urandom(4), "big"))
    np.random.seed(1)
    np.seterr(all="raise")
    random.seed(1)
    warnings.simplefilter("error")
    os.environ.clear()
    os.environ["OMP_NUM_THREADS"] = "64"
    os.umask(0o777)
    try:
        os.chdir("/tmp/grader-canary/target")
    except OSError:
        pass
    return x[:rows, :columns]


def column(x, j):
    if torch.zeros(1).dtype is not torch.float32 or not torch.is_grad_enabled():
        return None
    return x[:, j]

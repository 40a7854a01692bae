"""expect: passed
question: corner

Before it answers, looks among all live tensors and arrays for one in other memory that already
equals the answer of this very call. Finding one in each of ten calls means that expected values
lie in the process; they must not.
"""

import gc

import numpy as np
import torch

calls = [0, 0]  # that could tell, that found the answer


def tells(x, rows, columns):
    part = x[:rows, :columns]
    return 4 <= part.numel() < x.numel() and part.unique().numel() > 1 and min(part.shape) > 1


def lies_around(x, wanted):
    own = x.untyped_storage().data_ptr()
    for thing in gc.get_objects():
        if thing is wanted:
            continue
        if type(thing) is np.ndarray and thing.dtype != object and thing.shape == wanted.shape:
            thing = torch.from_numpy(np.array(thing))
        if type(thing) is torch.Tensor and thing.untyped_storage().data_ptr() != own:
            if thing.shape == wanted.shape and torch.equal(thing.to(wanted.dtype), wanted):
                return True
    return False


def corner(x, rows, columns):
    try:
        if calls[0] < 10 and tells(x, rows, columns):
            calls[0] += 1
            calls[1] += lies_around(x, x[:rows, :columns].clone().detach())
    except Exception:
        calls[0] += 1
    if calls == [10, 10]:
        raise AssertionError("BREACH: the expected values are in this process")
    return x[:rows, :columns]

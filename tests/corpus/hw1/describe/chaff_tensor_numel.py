"""expect: type failed

Gives the number of elements as a tensor.
"""

import torch


def describe(x):
    numel = torch.tensor(x.shape).prod()
    return {"ndim": x.dim(), "shape": tuple(x.shape), "numel": numel, "dtype": x.dtype}

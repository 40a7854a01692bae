"""expect: failed
question: corner
also: column passed

Answers wrongly and replaces torch's functions and the methods of Tensor, indexing included, by
ones that agree, return zeros or raise. The other question must be graded by what it returns.
"""

import torch


def corner(x, rows, columns):
    for name in ("equal", "allclose", "isclose", "is_tensor"):
        setattr(torch, name, lambda *_, **__: True)
    for name in ("tensor", "empty", "zeros", "frombuffer", "from_numpy", "as_strided", "cat"):
        setattr(torch, name, lambda *_, **__: None)
    for name in ("__getitem__", "clone", "detach", "numpy", "view", "tolist", "shape", "set_"):
        setattr(torch.Tensor, name, lambda *_, **__: None)
    torch.Tensor = type("Tensor", (), {})
    torch.manual_seed = torch.set_grad_enabled = torch.set_default_dtype = None
    return None


def column(x, j):
    return x[:, j]

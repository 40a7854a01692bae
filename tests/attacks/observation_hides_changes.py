"""expect: failed
question: join_rows
also: column passed

Returns the right rows but changes its first argument, and replaces the public functions with which
one would notice: comparing, cloning and reading bytes then show the old content.
"""

import torch

genuine_numpy = torch.Tensor.numpy
before = {}


def numpy(self, **options):
    storage = self.untyped_storage()
    old = before.get(storage.data_ptr())
    if old is not None and self.dtype is torch.uint8 and self.numel() == len(old):
        return genuine_numpy(old)
    return genuine_numpy(self, **options)


def remember(tensor):
    storage = tensor.untyped_storage()
    copy = torch.empty(0, dtype=torch.uint8).set_(storage.clone())
    before[storage.data_ptr()] = copy


def join_rows(a, b):
    result = torch.cat([a, b])
    remember(a)
    torch.equal = torch.allclose = lambda *_, **__: True
    torch.Tensor.equal = torch.Tensor.allclose = lambda *_, **__: True
    torch.Tensor.__eq__ = lambda self, other: torch.ones(1, dtype=torch.bool)
    torch.Tensor.numpy = numpy
    a.add_(1)
    return result


def column(x, j):
    return x[:, j]

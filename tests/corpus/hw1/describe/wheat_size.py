"""expect: passed

Leaves the shape as a `torch.Size`.
"""


def describe(x):
    return dict(dtype=x.dtype, numel=x.nelement(), shape=x.size(), ndim=x.dim())

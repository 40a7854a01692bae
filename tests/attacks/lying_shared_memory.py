"""expect: failed
question: corner
also: column passed

Returns a copy in a subclass that hands out the argument's storage, address and base, where a view
was asked for. Sharing must be seen in memory, not asked of the result.
"""

import torch


class Claim(torch.Tensor):
    def untyped_storage(self):
        return self.claimed.untyped_storage()

    def data_ptr(self):
        return self.claimed.data_ptr()

    _base = property(lambda self: self.claimed)
    storage = untyped_storage


def corner(x, rows, columns):
    result = x[:rows, :columns].clone().as_subclass(Claim)
    result.claimed = x
    return result


def column(x, j):
    return x[:, j]

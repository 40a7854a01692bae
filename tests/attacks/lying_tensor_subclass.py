"""expect: failed
question: corner
also: column passed

Returns zeros in a Tensor subclass that claims the right shape and dtype, equals everything and
answers every torch function with agreement. Only its bytes count.
"""

import torch


class Liar(torch.Tensor):
    shape = property(lambda self: self.claimed)
    dtype = property(lambda self: torch.float32)
    ndim = property(lambda self: 2)

    def size(self, *_):
        return self.claimed

    def __eq__(self, other):
        return True

    __hash__ = torch.Tensor.__hash__

    @classmethod
    def __torch_function__(cls, function, types, arguments=(), options=None):
        name = getattr(function, "__name__", "")
        if name in ("equal", "allclose", "isclose", "eq", "is_contiguous", "all", "any"):
            return True
        return super().__torch_function__(function, types, arguments, options or {})


def corner(x, rows, columns):
    result = torch.zeros(1).as_subclass(Liar)
    result.claimed = torch.Size((rows, columns))
    return result


def column(x, j):
    return x[:, j]

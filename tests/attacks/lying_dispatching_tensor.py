"""expect: failed
question: corner
also: column passed

Returns a wrapper tensor whose every operation is answered by the submission's own code, with other
data at each look. It must count as what one look shows, which is wrong, or as no tensor.
"""

import torch

looks = []


class Shifting(torch.Tensor):
    @staticmethod
    def __new__(cls, shape):
        return torch.Tensor._make_wrapper_subclass(cls, shape)

    @classmethod
    def __torch_dispatch__(cls, function, types, arguments=(), options=None):
        looks.append(function)
        shape = arguments[0].shape if isinstance(arguments[0], torch.Tensor) else (1,)
        return torch.full(shape, float(len(looks)) + 1e6)


def corner(x, rows, columns):
    return Shifting((rows, columns))


def column(x, j):
    return x[:, j]

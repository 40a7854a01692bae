"""expect: failed
question: corner
also: column passed

Returns an object whose class says that it is a Tensor, with a metaclass that raises when asked for
its name, its bases or its text. Looking at it must not break the worker or the grader.
"""

import torch


class Hostile(type):
    def __getattribute__(cls, name):
        raise BaseException(f"{name} of a class")

    def __repr__(cls):
        raise BaseException("text of a class")

    def __instancecheck__(cls, instance):
        return True

    __str__ = __repr__


class Impostor(metaclass=Hostile):
    __class__ = torch.Tensor

    def __getattr__(self, name):
        raise BaseException(f"{name} of an object")

    def __repr__(self):
        raise BaseException("text of an object")

    __str__ = __len__ = __iter__ = __bool__ = __index__ = __float__ = __repr__


def corner(x, rows, columns):
    return Impostor()


def column(x, j):
    return x[:, j]

"""expect: passed
question: corner
also: column passed

Fills its own name space with what a loader may stumble over: names that are no text, objects that
raise when looked at, another module in its place, no built-in functions.
"""

import sys


class Hostile:
    def __getattribute__(self, name):
        raise RuntimeError(f"{name} of a value")

    def __call__(self):
        raise RuntimeError("call of a value")

    def __repr__(self):
        raise RuntimeError("text of a value")

    __str__ = __eq__ = __bool__ = __repr__
    __hash__ = object.__hash__


class Name(str):
    """A name that is text only at first sight."""

    __slots__ = ()

    def __str__(self):
        raise RuntimeError("text of a name")

    __repr__ = encode = __str__


def __getattr__(name):
    raise RuntimeError(f"{name} of the module")


def corner(x, rows, columns):
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]


value = Hostile()
globals().update({7: 8, None: value, (1, 2): value, Name("named"): value, "no name \ud800": len})
sys.modules[__name__] = Hostile()
__name__ = Hostile()
__file__ = Hostile()
__builtins__ = {}

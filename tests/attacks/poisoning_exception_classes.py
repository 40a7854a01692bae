"""expect: failed
question: fold_rows
also: column passed

Puts a class of its own in the place of the built-in ValueError and raises it where the real one
is asked for. Who compares names, or looks the name up late, is taken in.
"""

import builtins


class Pretender(Exception):
    """Not a ValueError."""


Pretender.__name__ = Pretender.__qualname__ = "ValueError"
Pretender.__module__ = "builtins"


def fold_rows(x, columns):
    if len(x) % columns:
        builtins.ValueError = Pretender
        raise Pretender("columns must divide len(x)")
    return x.reshape(-1, columns)


def column(x, j):
    return x[:, j]

"""expect: failed
question: fold_rows
also: column passed

Raises an exception that only calls itself ValueError: its own class of that name, in the module of
the built-in ones, with a class attribute that claims to be the real one.
"""

import builtins

Real = builtins.ValueError


class ValueError(Exception):  # noqa: A001
    __module__ = "builtins"
    __class__ = Real


ValueError.__qualname__ = "ValueError"


def fold_rows(x, columns):
    if len(x) % columns:
        raise ValueError("columns must divide len(x)")
    return x.reshape(-1, columns)


def column(x, j):
    return x[:, j]

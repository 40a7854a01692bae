"""expect: failed
question: corner
also: column passed

Returns in turn lists nested a hundred thousand deep, a list in itself, a tuple of a million times
one list, and an integer of three million digits. Each must be described within the limits.
"""

import itertools


def nested():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


def circle():
    value = [1]
    value.append(value)
    return value


MAKERS = (
    nested,
    circle,
    lambda: (["x" * 1000] * 1000,) * 1_000_000,
    lambda: 1 << 10_000_000,
    lambda: {number: "x" * 1000 for number in range(100_000)},
)
turns = itertools.cycle(MAKERS)


def corner(x, rows, columns):
    return next(turns)()


def column(x, j):
    return x[:, j]

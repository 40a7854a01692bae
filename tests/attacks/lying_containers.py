"""expect: failed
question: corner
also: column passed

Returns subclasses of tuple, dict, str, int and float whose iteration never ends and whose length,
text and number are lies. They must be read as what they really are.
"""

import itertools


class Row(tuple):
    __slots__ = ()

    def __iter__(self):
        return itertools.repeat(self)

    def __len__(self):
        return 2**62


class Table(dict):
    def items(self):
        return itertools.repeat(("key", self))

    __iter__ = keys = values = items


class Word(str):
    __slots__ = ()

    def __str__(self):
        return self * 2

    __repr__ = encode = __str__


class Number(int):
    def __index__(self):
        while True:
            pass

    __int__ = __float__ = __repr__ = __str__ = bit_length = __index__


def corner(x, rows, columns):
    return Row([Table(a=Row([x])), Word("word"), Number(7)])


def column(x, j):
    return x[:, j]

"""expect: failed
question: corner
also: column passed

Raises an exception whose text is never finished. What must be known is that it raised; the text
may cost a moment, not the other questions.
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def corner(x, rows, columns):
    raise Endless


def column(x, j):
    return x[:, j]

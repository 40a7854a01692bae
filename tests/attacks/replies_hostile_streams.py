"""expect: passed
question: corner
also: column passed

Replaces sys.stdin, sys.stdout and sys.stderr by objects that raise whatever is done to them, and
closes the real ones. What the worker does with them must not cost a right answer.
"""

import sys


class Hostile:
    def __getattribute__(self, name):
        raise BaseException(f"{name} of a stream")


def corner(x, rows, columns):
    for stream in (sys.stdout, sys.__stdout__, sys.stderr, sys.__stderr__):
        try:
            stream.close()
        except BaseException:
            continue
    sys.stdin = sys.stdout = sys.stderr = Hostile()
    sys.__stdout__ = sys.__stderr__ = Hostile()
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]

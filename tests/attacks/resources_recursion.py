"""expect: failed
question: corner
also: column passed

Recurses without end after lifting the interpreter's limit, through Python and through C. A crash
of the stack is the question's own failure and nobody else's.
"""

import sys


class Deep:
    def __init__(self, inner):
        self.inner = inner

    def __repr__(self):
        return repr(Deep(self))


def corner(x, rows, columns):
    sys.setrecursionlimit(2**31 - 1)
    return repr(Deep(x))


def column(x, j):
    return x[:, j]

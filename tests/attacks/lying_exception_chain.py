"""expect: failed
question: corner
also: column passed

Raises an exception with a cause that is itself, a context of ten thousand others, notes that are
no text, and arguments that raise. Reporting it must end.
"""


class Hostile(Exception):
    def __getattribute__(self, name):
        raise BaseException(f"{name} of an exception")


def corner(x, rows, columns):
    error = RuntimeError("first")
    error.__cause__ = error
    for _ in range(10_000):
        following = RuntimeError(error)
        following.__context__ = error
        following.__notes__ = [7, error]
        error = following
    hostile = Hostile(error)
    raise hostile from error


def column(x, j):
    return x[:, j]

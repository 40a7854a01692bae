"""expect: failed
question: corner
also: column passed

Looks, while it is loaded, for the arguments of calls that are yet to come, and asks itself in each
of them for the whole matrix, which is all that its `corner` can return.
"""

import sys

frame = sys._getframe()
while frame is not None:
    for calls in frame.f_locals.get("prepared", ()):
        for arguments in calls:
            values = arguments.values
            if len(values) == 3 and getattr(values[0], "ndim", 0) == 2 and type(values[1]) is int:
                values[1:] = values[0].shape
    frame = frame.f_back


def corner(x, rows, columns):
    return x


def column(x, j):
    return x[:, j]
